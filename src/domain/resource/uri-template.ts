export type TemplateVariables = Readonly<Record<string, string>>;

const EXPRESSION = /\{(\+?)([A-Za-z0-9_]+)\}/;

/**
 * The variables with which a template gives this URI, percent-decoded; undefined when it can't.
 * Simple `{name}` matches within one path segment, reserved `{+name}` across segments (RFC 6570, sections 3.2.2 and 3.2.3).
 */
export function matchUriTemplate(template: string, uri: string): TemplateVariables | undefined {
  const parts = template.split(new RegExp(EXPRESSION, 'g'));
  const names: string[] = [];
  let pattern = '^';
  for (let at = 0; at < parts.length; at += 3) {
    pattern += escapeLiteral(parts[at] as string);
    const name = parts[at + 2];
    if (name === undefined) continue;
    names.push(name);
    pattern += parts[at + 1] === '+' ? '(.+)' : '([^/?#]+)';
  }
  const found = new RegExp(`${pattern}$`, 's').exec(uri);
  if (!found) return undefined;
  return decodeAll(names, found.slice(1));
}

const escapeLiteral = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function decodeAll(names: readonly string[], values: readonly string[]): TemplateVariables | undefined {
  try {
    return Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(values[at] as string)]));
  } catch {
    return undefined; // a malformed percent-encoding names nothing
  }
}

/** The names of a template's variables, in order. */
export function templateVariables(template: string): readonly string[] {
  return [...template.matchAll(new RegExp(EXPRESSION, 'g'))].map((match) => match[2] as string);
}
