import { CAPABILITY_MISSING } from '../../../application/asking.ts';
import { type ErrorNumbers, translateError } from '../translate-error.ts';

/** MCP 2026-07-28, basic, "Error Codes": what isn't found is a matter of parameters in this era. */
const numbers: ErrorNumbers = {
  [CAPABILITY_MISSING]: -32021,
};

export const toRpcError = (error: unknown): unknown => translateError(error, numbers);
