import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mayBeDefault } from '../../../../src/domain/policy/path-default.ts';

const test = suite('path-default');

const homes = { linux: '/data/homes/me', macos: '/Users/me', windows: 'C:\\Users\\me' } as const;

const rows = [
  [
    'linux',
    true,
    [
      '/data/homes/me',
      '/data/homes/me/site',
      '/srv/site',
      '/opt/app',
      '/usr/src/app',
      '/var/www/site',
      '/var/lib/jenkins/x',
      '/tmp/x',
      '/run/media/me/usb',
      '/home/you/site',
      '/etcetera',
      '/workspace',
    ],
  ],
  [
    'linux',
    false,
    [
      '/',
      '/data/homes',
      '/data',
      '/home',
      '/etc',
      '/etc/nginx',
      '/usr',
      '/usr/bin',
      '/usr/lib/x',
      '/usr/local',
      '/bin',
      '/lib64',
      '/boot',
      '/dev',
      '/dev/shm',
      '/proc',
      '/proc/1',
      '/sys/class',
      '/var',
      '/var/lib',
      '/var/log/x',
      '/run',
      '/opt',
      '/mnt',
      '/media',
      '/srv',
    ],
  ],
  [
    'macos',
    true,
    [
      '/Users/me',
      '/Users/me/site',
      '/private/tmp/x',
      '/private/var/folders/ab/cd/T/x',
      '/Volumes/Data/site',
      '/opt/work',
    ],
  ],
  [
    'macos',
    false,
    [
      '/',
      '/Users',
      '/users',
      '/System/Library',
      '/Library',
      '/Applications/X.app',
      '/APPLICATIONS',
      '/private',
      '/private/etc/x',
      '/usr/local',
      '/Volumes',
    ],
  ],
  ['windows', true, ['C:\\Users\\me', 'C:\\Users\\me\\site', 'D:\\site', 'C:\\work', '\\\\server\\share\\x']],
  [
    'windows',
    false,
    [
      'C:\\',
      'D:\\',
      'C:\\Users',
      'c:\\users',
      'C:\\Windows',
      'C:\\Windows\\System32',
      'c:\\WINDOWS\\system32',
      'C:\\Program Files\\x',
      'C:\\Program Files (x86)',
      'C:\\ProgramData\\x',
      '\\\\server\\share\\',
    ],
  ],
] as const;

for (const [platform, expected, directories] of rows) {
  for (const directory of directories) {
    test(`${platform}: ${directory} may ${expected ? '' : 'not '}be taken unasked`, () => {
      assert.is(mayBeDefault(directory, { platform, homeDirectory: homes[platform] }), expected);
    });
  }
}

test('a service without a home gets the same', () => {
  assert.ok(mayBeDefault('/srv/site', { platform: 'linux', homeDirectory: undefined }));
  assert.not(mayBeDefault('/etc', { platform: 'linux', homeDirectory: undefined }));
});

test.run();
