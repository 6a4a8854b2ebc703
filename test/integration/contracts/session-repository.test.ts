import { suite } from 'uvu';
import { MemorySessionRepository } from '../../../src/infrastructure/persistence/memory/session-repository.ts';
import { sessionRepositoryContract } from '../../support/contract-session-repository.ts';

const memory = suite('SessionRepository: memory');
sessionRepositoryContract(memory, async () => new MemorySessionRepository());
memory.run();
