import { suite } from 'uvu';
import { toRpcError } from '../../../../../src/presentation/protocol/legacy/errors.ts';
import { testErrors } from '../error-cases.ts';

const test = suite('legacy errors');

testErrors(test, toRpcError, {
  'tool.not-found': -32001,
  'resource.not-found': -32002,
  'prompt.not-found': -32003,
  'client.capability-missing': -32600,
  'session.not-ready': -32600,
  'session.illegal-transition': -32600,
  'cursor.invalid': -32602,
  'prompt.arguments-invalid': -32602,
  'completion.unknown': -32602,
  'session.too-many-subscriptions': -32602,
  constructor: -32602,
});

test.run();
