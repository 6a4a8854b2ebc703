import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  beginsWith,
  directoriesBeginning,
  splitTyped,
} from '../../../../../src/domain/policy/paths/path-completion.ts';

const test = suite('path-completion');

test('a typed path is split behind its last separator; on Windows that may be either', () => {
  const parts = (typed: string, platform: 'linux' | 'windows') => {
    const { folder, start, separator } = splitTyped(typed, platform);
    return [folder, start, separator];
  };
  assert.equal(parts('/home/ad', 'linux'), ['/home/', 'ad', '/']);
  assert.equal(parts('/home/a\\d', 'linux'), ['/home/', 'a\\d', '/']);
  assert.equal(parts('', 'linux'), ['', '', '/']);
  assert.equal(parts('C:\\Users\\ad', 'windows'), ['C:\\Users\\', 'ad', '\\']);
  assert.equal(parts('C:/Users/ad', 'windows'), ['C:/Users/', 'ad', '/']);
  assert.equal(parts('C:\\Users/ad', 'windows'), ['C:\\Users/', 'ad', '/']);
  assert.equal(parts('C:', 'windows'), ['', 'C:', '\\']);
});

test('names begin as the system compares them', () => {
  assert.ok(beginsWith('Readme.md', 'Re', 'linux'));
  assert.not(beginsWith('Readme.md', 're', 'linux'));
  assert.ok(beginsWith('Readme.md', 're', 'windows'));
  assert.ok(beginsWith('Readme.md', 're', 'macos'));
  assert.not(beginsWith('Readme.md', 'ea', 'windows'));
});

test('allowed directories go on from what was typed, with its separator', () => {
  const unix = ['/home/ada', '/home/bob', '/'];
  assert.equal(directoriesBeginning('', unix, 'linux'), ['/home/ada/', '/home/bob/', '/']);
  assert.equal(directoriesBeginning('/home/a', unix, 'linux'), ['/home/ada/']);
  assert.equal(directoriesBeginning('/home/ada/', unix, 'linux'), []);
  const windows = ['C:\\Users\\Ada', 'D:\\', '\\\\host\\share\\docs'];
  assert.equal(directoriesBeginning('c:\\us', windows, 'windows'), ['C:\\Users\\Ada\\']);
  assert.equal(directoriesBeginning('c:/us', windows, 'windows'), ['C:/Users/Ada/']);
  assert.equal(directoriesBeginning('D', windows, 'windows'), ['D:\\']);
  assert.equal(directoriesBeginning('//host/', windows, 'windows'), ['//host/share/docs/']);
  assert.equal(directoriesBeginning('E:\\', windows, 'windows'), []);
});

test.run();
