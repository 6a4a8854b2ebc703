// deadline: 300
import { testClient } from '../support/clients/client-suite.ts';
import { aiSdk } from '../support/clients/libraries.ts';

testClient(aiSdk);
