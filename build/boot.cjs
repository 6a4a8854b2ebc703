// The first code of the executable. It runs the bundle with the functions compiled that a session needs: V8 takes the compiled
// code only where it made it, and compiles the source anywhere else.
const { getRawAsset } = require('node:sea');
const { Script } = require('node:vm');

const asset = (name) => Buffer.from(getRawAsset(name));

const compiled = (name) => {
  const options = { filename: `${name}.cjs`, cachedData: asset(`${name}-cache`) };
  return new Script(asset(name).latin1Slice(), options).runInThisContext();
};

let optional;

/** The bundle's `require`: what lies beside the bundle elsewhere is inside here, and untouched until it is asked for. */
const requireHere = (name) => {
  if (name !== './optional.cjs') return require(name);
  if (!optional) {
    optional = { exports: {} };
    compiled('optional')(optional.exports, require, optional);
  }
  return optional.exports;
};

compiled('bundle')(exports, requireHere, module);
