import { suite } from 'uvu';
import { AesGcmStateSealer } from '../../../src/infrastructure/sealing/aes-gcm-state-sealer.ts';
import { stateSealerContract } from '../../support/contract-state-sealer.ts';

const aesGcm = suite('StateSealer: AES-GCM');
stateSealerContract(aesGcm, (secret) => new AesGcmStateSealer(secret));
aesGcm.run();
