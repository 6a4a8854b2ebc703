// Runs the wrapped bundle beside it as the executable does, and at its end writes what V8 has compiled by then.
// With an argument, only says by its exit code whether V8 takes that code again.
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

const check = process.argv.length > 2;
const options = { filename: 'tfo-mcp.cjs', ...(check && { cachedData: readFileSync('code-cache') }) };
const script = new Script(readFileSync('wrapped.cjs', 'latin1'), options);
if (check) process.exit(script.cachedDataRejected ? 1 : 0);
process.on('exit', () => writeFileSync('code-cache', script.createCachedData()));
script.runInThisContext()(exports, require, module);
