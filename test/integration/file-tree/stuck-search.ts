// Searches with an expression of which the engine makes code for ever, and stops as a server does: `node stuck-search.ts FOLDER`.
import { SearchWorkers } from '../../../src/infrastructure/files/search/search-workers.ts';

const [root = ''] = process.argv.slice(2);
const workers = new SearchWorkers(200);
const content = {
  line: new RegExp(`(?:${'a?'.repeat(900)}){2}${'a'.repeat(100)}`, 'u'),
  contextLines: 0,
  limit: 1,
};
const codes: unknown[] = [];
for (let id = 1; id <= 5; id++) {
  const search = workers.open(
    {
      ...{ id, root, above: [], glob: /^/, itself: /^$/, content },
      ...{ comparesPath: false, comparesForms: false, findsDirectories: false, includeIgnored: true },
    },
    ['local', 'client', 'x'],
  );
  const failed = await search.files('', ['many']).catch(({ code }: { code: string }) => code);
  search.end(failed);
  codes.push(failed);
}
await workers.close();
process.stdout.write(JSON.stringify(codes), () => process.exit());
