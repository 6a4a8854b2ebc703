import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CAPABILITY_MISSING, capabilityMissing, InputRequired } from '../../../src/application/asking.ts';

const test = suite('asking');

test('the refusal names the capabilities that the client would have to declare', () => {
  const error = capabilityMissing({ elicitation: { url: {} }, roots: {} });
  assert.is(error.code, CAPABILITY_MISSING);
  assert.is(error.kind, 'forbidden');
  assert.is(error.message, 'This needs a client that declares the capability elicitation, roots');
  assert.equal(error.data, { requiredCapabilities: { elicitation: { url: {} }, roots: {} } });
});

test('an open question is no error', () => {
  const inputRequired = new InputRequired({ where: { kind: 'roots' } });
  assert.not.instance(inputRequired, Error);
  assert.equal(inputRequired.open, { where: { kind: 'roots' } });
});

test.run();
