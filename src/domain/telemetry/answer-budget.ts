import { boundJson } from '../policy/bounded-json.ts';
import type { JsonObject, JsonValue } from '../shared/json.ts';
import { utf8Length } from '../text/utf8.ts';
import { divideRoom, type Kept } from './room-division.ts';
import { cutTexts } from './text-cuts.ts';

/** A list in an answer, or a table. */
export interface Section {
  /** The answer's member that it becomes. */
  readonly name: string;
  /** The most important first: those at the end are left out first. */
  readonly items: readonly JsonValue[];
  /** The same items without what is left out before any of them is, and its name: "points". */
  readonly brief?: { readonly items: readonly JsonValue[]; readonly without: string };
  /** Of a table, whose items are its rows. */
  readonly columns?: readonly string[];
  /** Items that there are in all, where these are not all. */
  readonly total?: number;
  /** Its part of the room beside the others'; 1 by default. */
  readonly weight?: number;
  /** The way to get the rest, such as `raise "limit"`. */
  readonly more?: string;
}

export interface AnswerParts {
  /** Members before the note. */
  readonly head: JsonObject;
  /** Sentences that the note begins with. */
  readonly notes?: readonly string[];
  readonly sections: readonly Section[];
  /** Members behind the sections. */
  readonly tail?: JsonObject;
}

export interface FittedAnswer {
  readonly answer: JsonObject;
  /** The same with a cursor behind the note. */
  withCursor(cursor: string): JsonObject;
  /** Items that each section has, by its name: a cursor goes on behind them. */
  readonly kept: Readonly<Record<string, number>>;
}

/** Bytes that an answer aims at: several clients hand on no more. */
const USUAL_BYTES = 8 * 1024;

/** Bytes of an answer's JSON at most: all that may be only where the call asks for more. */
export const answerRoom = (answerBytes: number, asksForMore: boolean): number =>
  asksForMore ? answerBytes : Math.min(answerBytes, USUAL_BYTES);

/**
 * Makes an answer that takes no more bytes of JSON than it may. Room for all that the note can have to say is set apart first; the rest
 * is divided among the sections by weight, and what one doesn't need goes to the others. Details go before items, and items from the
 * end. Each cut is told in the note, with the way to get the rest.
 * @param mostBytes more than head, tail and notes take @param longestCursor characters of a cursor, for which there is room then
 */
export function fitAnswer(parts: AnswerParts, mostBytes: number, longestCursor = 0): FittedAnswer {
  const head = cutTexts(parts.head);
  const tail = cutTexts(parts.tail ?? {});
  const lists = parts.sections.map((section) => measured(section, mostBytes));
  const build = (kept: readonly Kept[], said: readonly string[], cursor?: string): JsonObject => {
    const notes = [...(parts.notes ?? []), ...said];
    return {
      ...head.value,
      ...(notes.length > 0 && { note: notes.join(' ') }),
      ...(cursor !== undefined && { next_cursor: cursor }),
      ...Object.fromEntries(lists.map((list, at) => [list.section.name, shownOf(list, kept[at] as Kept)])),
      ...tail.value,
    };
  };
  const saidOf = (kept: readonly Kept[]) => [
    ...lists.flatMap((list, at) => cutSaid(list, kept[at] as Kept)),
    ...textsSaid(
      lists.reduce((sum, list, at) => sum + textCuts(list, kept[at] as Kept), head.cuts + tail.cuts),
    ),
  ];

  const none = lists.map(() => ({ items: 0, details: 0 }));
  const frame = build(none, [''], longestCursor > 0 ? '' : undefined);
  const room = mostBytes - longestCursor - jsonBytes(frame);
  const all = lists.map(({ section }) => ({ items: section.items.length, details: section.items.length }));
  const isWhole =
    lists.every(({ isMeasured }) => isMeasured) && sizeOf(lists) + jsonBytes(saidOf(all)) <= room;
  const kept = isWhole ? all : divideRoom(lists, Math.max(0, room - mostSaid(lists)));
  return {
    answer: build(kept, saidOf(kept)),
    withCursor: (cursor) => build(kept, saidOf(kept), cursor),
    kept: Object.fromEntries(lists.map(({ section }, at) => [section.name, kept[at]?.items ?? 0])),
  };
}

interface Item {
  readonly value: JsonValue;
  /** Of its JSON, and the comma. */
  readonly bytes: number;
  /** Texts in it that were cut. */
  readonly cuts: number;
}

interface MeasuredSection {
  readonly section: Section;
  /** As many as can ever fit. */
  readonly full: readonly Item[];
  readonly brief: readonly Item[];
  readonly weight: number;
  /** True if all of its items were measured. */
  readonly isMeasured: boolean;
}

function measured(section: Section, mostBytes: number): MeasuredSection {
  const full = measureItems(section.items, mostBytes);
  const brief = section.brief ? measureItems(section.brief.items, mostBytes) : full;
  return {
    section,
    full,
    brief,
    weight: section.weight ?? 1,
    isMeasured: full.length === section.items.length,
  };
}

/** The part of an answer that one item may take: so no page is without one. */
const LARGEST_PART = 1 / 4;
const BOUNDED_PART = 1 / 8;

function measureItems(items: readonly JsonValue[], mostBytes: number): readonly Item[] {
  const found: Item[] = [];
  let bytes = 0;
  for (const whole of items) {
    const item = measureItem(whole, mostBytes);
    bytes += item.bytes;
    found.push(item);
    if (bytes > mostBytes) break;
  }
  return found;
}

function measureItem(whole: JsonValue, mostBytes: number): Item {
  const { value, cuts } = cutTexts(whole, true);
  const bytes = jsonBytes(value) + 1;
  if (bytes <= mostBytes * LARGEST_PART) return { value, cuts, bytes };
  const { item = null } = boundJson({ item: value }, { most: mostBytes * BOUNDED_PART }).value;
  return { value: item, cuts: cuts + 1, bytes: jsonBytes(item) + 1 };
}

const sizeOf = (lists: readonly MeasuredSection[]) =>
  lists.reduce((sum, { full }) => full.reduce((total, { bytes }) => total + bytes, sum), 0);

const itemsOf = ({ full, brief }: MeasuredSection, { items, details }: Kept) => [
  ...full.slice(0, details),
  ...brief.slice(details, items),
];

function shownOf(list: MeasuredSection, kept: Kept): JsonValue {
  const values = itemsOf(list, kept).map(({ value }) => value);
  return list.section.columns ? { columns: list.section.columns, rows: values } : values;
}

const textCuts = (list: MeasuredSection, kept: Kept) =>
  itemsOf(list, kept).reduce((sum, { cuts }) => sum + cuts, 0);

/** The sentence about what a section lacks, or none. */
function cutSaid({ section }: MeasuredSection, { items, details }: Kept): readonly string[] {
  const { name, brief, more } = section;
  const total = section.total ?? section.items.length;
  const lacksDetails = brief !== undefined && details < items;
  if (items === total && !lacksDetails) return [];
  const shown = items === total ? `all ${total}` : `the first ${items} of ${total}`;
  const detailed = lacksDetails ? `, ${brief.without} of the first ${details}` : '';
  return [`${name}: ${shown}${detailed}${more === undefined ? '' : `; ${more}`}.`];
}

const textsSaid = (count: number) =>
  count > 0 ? [`Long texts cut: ${count}; each says how long it was.`] : [];

/** Bytes of the longest that can be said about cuts: no number is longer than that of the items. */
function mostSaid(lists: readonly MeasuredSection[]): number {
  const longest = lists.flatMap(({ section }) => {
    const total = section.total ?? section.items.length;
    const numbers = { items: total + 1, details: total };
    return cutSaid({ section: { ...section, total: total + 2 } } as MeasuredSection, numbers);
  });
  return jsonBytes([...longest, ...textsSaid(Number.MAX_SAFE_INTEGER)]);
}

const jsonBytes = (value: JsonValue | readonly string[]) => utf8Length(JSON.stringify(value));
