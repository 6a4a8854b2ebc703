// The first code of the executable. It runs the bundle with the functions compiled that a session needs: V8 takes the compiled
// code only where it made it, and compiles the source anywhere else.
const { getRawAsset } = require('node:sea');
const { Script } = require('node:vm');

const source = Buffer.from(getRawAsset('bundle')).latin1Slice();
const cachedData = Buffer.from(getRawAsset('code-cache'));
const script = new Script(source, { filename: 'tfo-mcp.cjs', cachedData });
script.runInThisContext()(exports, require, module);
