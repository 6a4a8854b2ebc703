import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { Lifetimes } from '../../../src/composition/lifetimes.ts';
import { openAccess } from '../../../src/composition/network/open-access.ts';
import { FileKeyRing } from '../../../src/infrastructure/auth/file-key-ring.ts';
import { FileKeyStore } from '../../../src/infrastructure/auth/file-key-store.ts';
import { configurationSchema } from '../../../src/infrastructure/config/schema/configuration-schema.ts';
import { RecordingLogger } from '../../unit/application/recording-logger.ts';

const test = suite('openAccess');

const folder = mkdtempSync(join(tmpdir(), 'tfo-mcp-access-'));
test.after(() => rmSync(folder, { recursive: true }));

test('the key store is closed with the process’s lifetimes', async () => {
  const path = join(folder, 'keys.json');
  await new FileKeyRing(path).create({ scopes: ['*'] });
  const configuration = v.parse(configurationSchema, {
    server: { transport: 'http' },
    security: { api_keys_file: path },
  });
  const logger = new RecordingLogger();
  const lifetimes = new Lifetimes(logger);
  const { close } = FileKeyStore.prototype;
  const closed: FileKeyStore[] = [];
  FileKeyStore.prototype.close = function (this: FileKeyStore) {
    closed.push(this);
    close.call(this);
  };
  try {
    assert.ok(await openAccess(configuration, { logger, rate: undefined, lifetimes }));
    await lifetimes.close(new Promise(() => undefined));
  } finally {
    FileKeyStore.prototype.close = close;
  }
  assert.is(closed.length, 1);
});

test.run();
