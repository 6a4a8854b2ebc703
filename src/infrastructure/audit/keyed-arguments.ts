import { createHmac } from 'node:crypto';
import type { ArgumentRecorder, RecordedArguments } from '../../application/ports/argument-recorder.ts';
import type { Logger } from '../../application/ports/logger.ts';
import { boundJson } from '../../domain/policy/bounded-json.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { readOrMakeKey } from './argument-key.ts';

/** Characters of arguments that are hashed whole; of longer ones, their beginnings and lengths. */
const MOST_HASHED = 256 * 1024;

interface KeyedArgumentsOptions {
  /** The key's file, absolute; made at the first use. */
  readonly keyFile: string;
  readonly logger: Logger;
}

/**
 * Records a hash of arguments: equal ones are found again, and who hasn't the key can't try out what they were. Nothing is recorded
 * while the key can't be read.
 */
export class KeyedArguments implements ArgumentRecorder {
  private readonly options: KeyedArgumentsOptions;
  private key: Buffer | undefined;
  private hasComplained = false;

  constructor(options: KeyedArgumentsOptions) {
    this.options = options;
  }

  async open(): Promise<void> {
    if (this.key !== undefined) return;
    const { keyFile, logger } = this.options;
    try {
      this.key = await readOrMakeKey(keyFile);
    } catch (error) {
      if (!this.hasComplained)
        logger.warn('Events are stored without hashes of arguments', { error: (error as Error).message });
      this.hasComplained = true;
    }
  }

  record(given: JsonObject): RecordedArguments {
    if (this.key === undefined) return {};
    const { value, isCut } = boundJson(given, { most: MOST_HASHED });
    const argumentsHash = createHmac('sha256', this.key).update(canonicalJson(value)).digest('hex');
    return { argumentsHash, ...(isCut && { argumentsCut: true }) };
  }
}
