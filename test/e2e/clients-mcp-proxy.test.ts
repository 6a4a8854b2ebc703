// deadline: 300

import { mcpProxy } from '../support/clients/bridges.ts';
import { testClient } from '../support/clients/client-suite.ts';

testClient(mcpProxy);
