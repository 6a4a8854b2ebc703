import * as v from 'valibot';
import type { Schema } from './json-schema.ts';

type Check = (value: unknown) => boolean;

/**
 * Answers as `v.is` does. Of the shapes that results are made of it only looks at the parts, where valibot makes a record of
 * each: that takes ten times as long, and a listing has 10,000 of them.
 */
export function outputCheck(schema: Schema): Check {
  const known = schema as unknown as KnownSchema;
  if (known.pipe?.some(({ kind }, at) => at > 0 && kind !== 'metadata'))
    return (value) => v.is(schema, value);
  switch (known.type) {
    case 'string':
    case 'boolean':
      return (value) => typeof value === known.type;
    case 'number':
      return (value) => typeof value === 'number' && !Number.isNaN(value);
    case 'picklist':
      return (value) => known.options.includes(value);
    case 'array':
      return arrayCheck(outputCheck(known.item));
    case 'strict_object':
      return objectCheck(known.entries);
    default:
      return (value) => v.is(schema, value);
  }
}

/** The part of a schema that is looked at here. */
type KnownSchema = { readonly pipe?: readonly { readonly kind: string }[] } & (
  | { readonly type: 'string' | 'boolean' | 'number' | 'other' }
  | { readonly type: 'picklist'; readonly options: readonly unknown[] }
  | { readonly type: 'array'; readonly item: Schema }
  | { readonly type: 'strict_object'; readonly entries: Readonly<Record<string, Schema>> }
);

const arrayCheck =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);

function objectCheck(entries: Readonly<Record<string, Schema>>): Check {
  const checks = new Map<string, Check>();
  let required = 0;
  for (const [name, entry] of Object.entries(entries)) {
    const isOptional = entry.type === 'optional';
    if (!isOptional) required += 1;
    checks.set(name, isOptional ? optionalCheck(entry) : outputCheck(entry));
  }
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    let present = 0;
    for (const name in value) {
      const check = checks.get(name);
      if (check === undefined || !check((value as Record<string, unknown>)[name])) return false;
      if (entries[name]?.type !== 'optional') present += 1;
    }
    return present === required;
  };
}

function optionalCheck(schema: Schema): Check {
  const check = outputCheck((schema as unknown as { readonly wrapped: Schema }).wrapped);
  return (value) => value === undefined || check(value);
}
