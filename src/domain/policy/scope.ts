/** What a principal can be let do; each part of the surface wants one of these. */
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

/** What can be granted: a scope, or all of them. */
export type Grant = Scope | typeof EVERY_SCOPE;

export const grants: readonly Grant[] = [...scopes, EVERY_SCOPE];

export function isGrant(text: string): text is Grant {
  return (grants as readonly string[]).includes(text);
}

/** Whether someone may. @param granted undefined where nobody has limited anything */
export function isGranted(wanted: Scope, granted: readonly Grant[] | undefined): boolean {
  return granted === undefined || granted.includes(wanted) || granted.includes(EVERY_SCOPE);
}

/** What a tool says of the scope it wants. */
export interface ScopedTool {
  readonly scope?: Scope;
  readonly annotations: { readonly readOnlyHint: boolean };
}

/** The scope that a tool wants: its own, else one by whether it changes anything. */
export function scopeOfTool({ scope, annotations }: ScopedTool): Scope {
  return scope ?? (annotations.readOnlyHint ? 'tools:read' : 'tools:write');
}
