// deadline: 400
import { globSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import { parseTranscript, play, stagesOf } from '../support/transcript.ts';

const test = suite('transcripts: network');
const folder = import.meta.dirname;

for (const file of globSync('**/*.txt', { cwd: folder }).sort()) {
  const transcript = parseTranscript(readFileSync(`${folder}/${file}`, 'utf8'));
  for (const stage of stagesOf(transcript).filter(({ transport }) => transport !== 'stdio')) {
    test(`${file} (${stage.transport})`, async () => {
      await play(transcript, stage);
    });
  }
}

test.run();
