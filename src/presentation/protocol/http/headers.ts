/** One header of an HTTP request, by its name in lower case; several of one name are joined as HTTP does. */
export type HeaderReader = (name: string) => string | undefined;

export const VERSION_HEADER = 'mcp-protocol-version';
export const METHOD_HEADER = 'mcp-method';
export const NAME_HEADER = 'mcp-name';
export const SESSION_HEADER = 'mcp-session-id';
