import type { ErrorCode } from '../../src/domain/shared/error-code.ts';

/** A code that no failure of the product has. */
export const madeUpCode = (code: string) => code as ErrorCode;
