// Checks that comments begin with the thing or a verb, not with a question word: `node build/comments.ts`.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionCommentsOf } from './comment-openings.ts';
import { root } from './paths.ts';

const files = globSync('{src,build,test}/**/*.{ts,cjs}', { cwd: root }).sort();
const found = files.flatMap((file) =>
  questionCommentsOf(readFileSync(join(root, file), 'utf8')).map(
    ({ line, word }) => `${file}:${line} begins with "${word}"`,
  ),
);
for (const comment of found) console.error(comment);
console.log(`${files.length} files, ${found.length} comments begin with a question word`);
process.exitCode = found.length > 0 ? 1 : 0;
