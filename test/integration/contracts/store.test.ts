import { suite } from 'uvu';
import { DeferredStore } from '../../../src/infrastructure/persistence/deferred-store.ts';
import { SqliteStore } from '../../../src/infrastructure/persistence/sqlite/sqlite-store.ts';
import { storeContract } from '../../support/contract-store.ts';
import { sqliteFolder } from '../../support/sqlite-folder.ts';
import { memoryStore } from '../../support/without-claude.ts';

const memory = suite('Store: memory');
storeContract(memory, async () => memoryStore());
memory.run();

const deferred = suite('Store: opened at its first use');
const openLate = async () => memoryStore();
const openDeferred = () => new DeferredStore(openLate);
storeContract(deferred, async () => openDeferred());
deferred.run();

const sqlite = suite('Store: SQLite');
const { newPath, open } = sqliteFolder(sqlite);
storeContract(sqlite, async () => new SqliteStore(open(newPath())));
sqlite.run();

const full = suite('Store: SQLite that waits for the disk');
const { newPath: newFullPath, open: openFull } = sqliteFolder(full);
storeContract(full, async () => new SqliteStore(openFull(newFullPath(), { synchronous: 'full' })));
full.run();
