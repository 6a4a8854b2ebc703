import { DomainError } from '../../shared/domain-error.ts';

/** The refusal of a command that can't be meant so. */
export const commandInvalid = (message: string) => new DomainError('command.invalid', 'invalid', message);
