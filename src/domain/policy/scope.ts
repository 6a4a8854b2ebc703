/** Rights that a principal can have; each part of the surface wants one of these. */
export const scopes = [
  'tools:read',
  'tools:write',
  'tools:execute',
  'resources:read',
  'prompts:read',
] as const;

export type Scope = (typeof scopes)[number];

/** Stands for every scope, those of later versions included. */
export const EVERY_SCOPE = '*';

/** A right that can be granted: a scope, or all of them. */
export type Grant = Scope | typeof EVERY_SCOPE;

export const grants: readonly Grant[] = [...scopes, EVERY_SCOPE];

export function isGrant(text: string): text is Grant {
  return (grants as readonly string[]).includes(text);
}

/** True if someone has the right. @param granted undefined where nobody has limited anything */
export function isGranted(wanted: Scope, granted: readonly Grant[] | undefined): boolean {
  return granted === undefined || granted.includes(wanted) || granted.includes(EVERY_SCOPE);
}

/** The facts of a tool that decide about its scope. */
export interface ScopedTool {
  readonly scope?: Scope;
  readonly annotations: { readonly readOnlyHint: boolean };
}

/** The scope that a tool wants: its own, else one by whether it changes anything. */
export function scopeOfTool({ scope, annotations }: ScopedTool): Scope {
  return scope ?? (annotations.readOnlyHint ? 'tools:read' : 'tools:write');
}
