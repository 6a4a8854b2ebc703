// deadline: 300
import { testClient } from '../support/clients/client-suite.ts';
import { mcporter } from '../support/clients/mcporter.ts';

testClient(mcporter);
