import { suite } from 'uvu';
import { UuidV7Generator } from '../../../src/infrastructure/identity/uuid-v7-generator.ts';
import { idGeneratorContract } from '../../support/contract-id-generator.ts';

const uuidV7 = suite('IdGenerator: UUID v7');
idGeneratorContract(uuidV7, () => new UuidV7Generator());
uuidV7.run();
