// deadline: 400
import { globSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import { skip } from '../support/skip.ts';
import { answersItsEnd, parseTranscript, play, stagesOf } from '../support/transcript.ts';

const test = suite('transcripts: network');
const folder = import.meta.dirname;

for (const file of globSync('**/*.txt', { cwd: folder }).sort()) {
  const transcript = parseTranscript(readFileSync(`${folder}/${file}`, 'utf8'));
  for (const stage of stagesOf(transcript).filter(({ transport }) => transport !== 'stdio')) {
    const name = `${file} (${stage.transport})`;
    // Windows has none that can be answered.
    if (process.platform === 'win32' && answersItsEnd(transcript)) skip(test, 'signals', name);
    else
      test(name, async () => {
        await play(transcript, stage);
      });
  }
}

test.run();
