import { visibleQuoted } from '../../../domain/policy/approvals/visible-text.ts';

/** A name, which can have every character: one that could steer a terminal, or pass for two, stands in quotes. */
export const showableName = (name: string): string =>
  /[\p{C}\p{Zl}\p{Zp}]/u.test(name) ? visibleQuoted(name) : name;
