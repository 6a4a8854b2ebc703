import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { thirdPartyLicenses } from '../../../../build/release/third-party-licenses.ts';

const test = suite('third-party licenses');

const works = {
  name: 'works',
  version: '1.2.3',
  license: 'MIT',
  licenseText: 'Do as you like.\n',
  integrity: '',
};
const more = { ...works, name: '@scope/more', license: 'ISC', licenseText: '\n\nThe same.' };
const text = thirdPartyLicenses({ version: '22.1.0', licenseText: 'Node.js is licensed' }, [works, more]);

test('the list names every work first', () => {
  assert.match(
    text,
    'given below.\n\n  works 1.2.3 (MIT)\n  @scope/more 1.2.3 (ISC)\n  Node.js 22.1.0, and what it is made of\n\n===',
  );
});

test('the list has the whole text of each license under its work', () => {
  const line = '='.repeat(80);
  assert.match(text, `\n${line}\nworks 1.2.3 (MIT)\n${line}\n\nDo as you like.\n\n${line}\n`);
  assert.match(text, `\n${line}\n@scope/more 1.2.3 (ISC)\n${line}\n\nThe same.\n\n${line}\n`);
  assert.ok(text.endsWith(`${line}\n\nNode.js is licensed\n`));
});

test.run();
