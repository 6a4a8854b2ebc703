// Runs the wrapped bundle beside it as the executable does, and at its end writes what V8 has compiled by then; then the same of
// the optional packages. With an argument, only says by its exit code whether V8 takes that code again.
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

const check = process.argv.length > 2;
const scriptOf = (name) =>
  new Script(readFileSync(`${name}.cjs`, 'latin1'), {
    filename: `${name}.cjs`,
    ...(check && { cachedData: readFileSync(`${name}-cache`) }),
  });
const [bundle, optional] = ['bundle', 'optional'].map(scriptOf);
if (check) process.exit(bundle.cachedDataRejected || optional.cachedDataRejected ? 1 : 0);

process.on('exit', () => {
  writeFileSync('bundle-cache', bundle.createCachedData());
  optional.runInThisContext()(exports, require, module);
  for (const load of module.exports.values()) load();
  writeFileSync('optional-cache', optional.createCachedData());
});
bundle.runInThisContext()(exports, require, module);
