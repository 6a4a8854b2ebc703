import { globSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isJsonObject, type JsonValue } from '../../src/domain/shared/json.ts';
import { claimsModern } from '../../src/presentation/protocol/classify.ts';
import { methods as legacyMethods } from '../../src/presentation/protocol/legacy/methods.ts';
import { methods as modernMethods } from '../../src/presentation/protocol/modern/methods.ts';
import { parseTranscript, play, stagesOf } from '../support/transcript.ts';

const test = suite('transcripts');
const folder = import.meta.dirname;
const asked = { legacy: new Set<string>(), modern: new Set<string>() };

function note(frame: JsonValue): void {
  if (!isJsonObject(frame) || typeof frame['method'] !== 'string' || frame['id'] === undefined) return;
  const { method, params } = frame;
  asked[isJsonObject(params) && claimsModern(params) ? 'modern' : 'legacy'].add(method);
}

/** Written with paths and commands of Unix, as its clients sent them. */
const isUnix = (file: string) => file.startsWith('older-servers');

const files = globSync('**/*.txt', { cwd: folder }).sort();
for (const file of files.filter((name) => process.platform !== 'win32' || !isUnix(name))) {
  const transcript = parseTranscript(readFileSync(`${folder}/${file}`, 'utf8'));
  for (const stage of stagesOf(transcript).filter(({ transport }) => transport === 'stdio')) {
    test(`${file} (${stage.kind})`, async () => {
      for (const frame of await play(transcript, stage)) note(frame);
    });
  }
}

test('no method of either era is missing in the transcripts', () => {
  const missing = (methods: ReadonlyMap<string, unknown>, seen: ReadonlySet<string>) =>
    [...methods.keys()].filter((method) => !seen.has(method));
  assert.equal(missing(legacyMethods, asked.legacy), []);
  assert.equal(missing(modernMethods, asked.modern), []);
});

test.run();
