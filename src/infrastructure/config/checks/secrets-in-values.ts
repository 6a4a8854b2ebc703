import { lastAtSign } from '../../../domain/policy/redact-urls.ts';
import { isJsonObject } from '../../../domain/shared/json.ts';

/** Proxies and collectors of the environment, whose URLs hold passwords. */
const PROXY_VARIABLE = /^(?:https?|all|ftp)_proxy$/i;

const SCHEME = /^[a-z][a-z0-9+.-]*:[\\/]*/i;

/**
 * The secrets in a value though its setting holds none: user and password of a URL, in all the ways in which a message can have them.
 * Lenient, since it is what was refused that is shown most.
 */
export function secretsInValue(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(secretsInValue);
  if (isJsonObject(value)) return Object.values(value).flatMap(secretsInValue);
  if (typeof value !== 'string') return [];
  const text = value.trim();
  const rest = text.replace(SCHEME, '');
  const at = lastAtSign(rest);
  const user = rest.slice(0, Math.max(at, 0));
  if (at < 1 || !(user.includes(':') || rest !== text)) return [];
  const password = user.slice(user.indexOf(':') + 1);
  return [user, password, decoded(user), decoded(password)].flatMap((secret) => [secret, escaped(secret)]);
}

/** The secrets of the environment's proxies. */
export function secretsOfProxies(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    PROXY_VARIABLE.test(name) ? secretsInValue(value) : [],
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** As messages quote it. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
