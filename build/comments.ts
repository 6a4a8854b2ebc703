// Checks that comments begin with the thing or a verb, not with a question word: `node build/comments.ts`.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionCommentsOf } from './comment-openings.ts';
import { root } from './paths.ts';

/** Comments that may still begin so; lower it as they become fewer. */
const MOST = 0;

const files = globSync('{src,build,test}/**/*.{ts,cjs}', { cwd: root }).sort();
const found = files.flatMap((file) =>
  questionCommentsOf(readFileSync(join(root, file), 'utf8')).map(
    ({ line, word }) => `${file}:${line} begins with "${word}"`,
  ),
);
if (found.length > MOST) {
  for (const comment of found) console.error(comment);
  console.error(
    `expected at most ${MOST} comments that begin with a question word: begin with the thing or a verb`,
  );
}
console.log(`${files.length} files, ${found.length} comments begin with a question word`);
process.exitCode = found.length > MOST ? 1 : 0;
