// Prints why the configuration of a folder that this process may not enter can't be read.

import { processHost } from '../../../src/infrastructure/config/process-host.ts';
import { findFile } from '../../../src/infrastructure/config/sources/configuration-paths.ts';
import { readSourceText } from '../../../src/infrastructure/config/sources/read-source-text.ts';

const [folder = ''] = process.argv.slice(2);
// Only now: this file may be where the other user may not read.
await import('../../../src/infrastructure/files/read/read-start.ts');
process.setgroups?.([]);
process.setgid?.(65_534);
process.setuid?.(65_534);
const host = { ...processHost(), environment: { XDG_CONFIG_HOME: folder } };
const { file } = findFile(host, undefined);
const source = file && (await readSourceText(host, file.path));
process.stdout.write(source && 'failure' in source ? source.failure : 'nothing was found');
