import { type Grant, isGrant } from '../../domain/policy/scope.ts';

/** The claims of a token in which authorization servers put scopes. */
export interface ScopeClaims {
  /** RFC 8693, section 4.2: in one text, with spaces. */
  readonly scope?: unknown;
  /** The claim that several servers have instead: such a text, or a list. */
  readonly scp?: unknown;
}

/** The grants of a token here; its scopes' meaning elsewhere is nothing here. */
export function scopesOfToken({ scope, scp }: ScopeClaims): readonly Grant[] {
  return [...new Set([...namesIn(scope), ...namesIn(scp)])].filter(isGrant);
}

function namesIn(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ');
  return Array.isArray(claim) ? claim : [];
}
