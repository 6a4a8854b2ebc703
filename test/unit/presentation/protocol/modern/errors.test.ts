import { suite } from 'uvu';
import { toRpcError } from '../../../../../src/presentation/protocol/modern/errors.ts';
import { testErrors } from '../error-cases.ts';

const test = suite('modern errors');

testErrors(test, toRpcError, {
  'tool.not-found': -32602,
  'resource.not-found': -32602,
  'prompt.not-found': -32602,
  'client.capability-missing': -32021,
  'cursor.invalid': -32602,
  'prompt.arguments-invalid': -32602,
  'completion.unknown': -32602,
  constructor: -32602,
});

test.run();
