/** The suites that Wine can run; `make test-wine` does, as they are. */
export const wineSuites: readonly string[] = [
  'unit/domain/**/*.test.ts',
  'unit/infrastructure/files/**/*.test.ts',
  'unit/presentation/jsonrpc/*.test.ts',
  'integration/{contracts,engine,file-tree,network}/*.test.ts',
  'integration/files/{links,overwrites,windows-failures}.test.ts',
  'integration/processes/{process-tree,windows}.test.ts',
  'integration/logging/log-file-windows.test.ts',
  'conformance/*.test.ts',
  'e2e/clients-{notifications,surface}.test.ts',
  'e2e/{memory-backpressure,process-load,process-unread-stderr}.test.ts',
  'e2e/vectors-*.test.ts',
];

const LINKS = 'it makes symbolic links, which Wine follows nowhere, and ends with a loop that swaps them';

/** The files among them that Wine, or Windows, can't run, and why. Single tests say so themselves: skip.ts. */
export const notOnWine: Readonly<Record<string, string>> = {
  'integration/file-tree/list.test.ts': LINKS,
  'integration/file-tree/search-content.test.ts': LINKS,
  'integration/file-tree/search-ignored.test.ts':
    'it makes symbolic links and pipes: Wine follows no links, Windows makes no such pipes',
  'integration/file-tree/search-names.test.ts':
    'it makes names that differ in case alone or have "*" in them, which Windows has not, and symbolic links, which Wine follows nowhere',
  'integration/file-tree/search-work.test.ts':
    'it makes symbolic links and pipes: Wine follows no links, Windows makes no such pipes',
  'integration/network/slow-readers.test.ts':
    'in two runs of three it came to no end on Wine, in one it passed; why is not known',
  'conformance/official-suite.test.ts':
    'Wine refuses some of the connections that its suite makes side by side: connect UNKNOWN',
};
