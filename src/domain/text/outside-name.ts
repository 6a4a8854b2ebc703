import { shorten } from './utf8.ts';

/** The name that stands for all that nobody here knows, where a client could make up any number of them. */
export const OTHER_NAME = '_OTHER';

const USUALLY_MOST = 100;

/** A name that came from outside, as events and logs have it: its beginning, in one line, with nothing invisible in it. */
export const outsideName = (name: string, most = USUALLY_MOST): string =>
  shorten(name, most).replace(/[\p{C}\p{Z}]+/gu, ' ');
