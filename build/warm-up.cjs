// Runs the wrapped bundle argv[2] as the executable does, and at its end writes what V8 has compiled by then to argv[3].
// With argv[4], only says by its exit code whether V8 takes that code again.
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

const [, , bundle, codeCache, check] = process.argv;
const options = { filename: 'tfo-mcp.cjs', ...(check && { cachedData: readFileSync(codeCache) }) };
const script = new Script(readFileSync(bundle, 'latin1'), options);
if (check) process.exit(script.cachedDataRejected ? 1 : 0);
process.argv.splice(2);
process.on('exit', () => writeFileSync(codeCache, script.createCachedData()));
script.runInThisContext()(exports, require, module);
