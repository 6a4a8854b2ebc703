import { INVALID_REQUEST } from '../../jsonrpc/rpc-error.ts';
import { type ErrorNumbers, translateError } from '../translate-error.ts';

/** Error numbers of this era: those of TelemetryFlow's servers for what isn't found, JSON-RPC's for the rest. */
const numbers: ErrorNumbers = {
  'tool.not-found': -32001,
  'resource.not-found': -32002,
  'prompt.not-found': -32003,
  'client.capability-missing': INVALID_REQUEST,
  'session.not-ready': INVALID_REQUEST,
  'session.illegal-transition': INVALID_REQUEST,
};

export const toRpcError = (error: unknown): unknown => translateError(error, numbers);
