// deadline: 300
import { testClient } from '../support/clients/client-suite.ts';
import { openaiAgents } from '../support/clients/libraries.ts';

testClient(openaiAgents);
