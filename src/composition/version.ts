declare const __TFO_MCP_VERSION__: string | undefined;
declare const __TFO_MCP_COMMIT__: string | undefined;

/** What this build is. The bundler writes both in; the sources run as they are have neither. */
export const version = typeof __TFO_MCP_VERSION__ === 'string' ? __TFO_MCP_VERSION__ : '0.0.0';
export const commit = typeof __TFO_MCP_COMMIT__ === 'string' ? __TFO_MCP_COMMIT__ : 'source';
