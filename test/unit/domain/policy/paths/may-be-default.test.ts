import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mayBeDefault } from '../../../../../src/domain/policy/paths/may-be-default.ts';

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
      '/mnt/data',
      '/mnt/d/site',
      '/mnt/c/Users/me',
      '/mnt/c/Users/me/site',
    ],
  ],
  ['linux', false, ['/data/homes', '/data', '/etc/nginx', '/proc/1', '/var/log/x']],
  // Under WSL, where programs of Windows start others.
  [
    'linux',
    false,
    [
      '/mnt/c',
      '/mnt/c/Users',
      '/mnt/c/Windows/System32',
      '/mnt/c/WINDOWS/system32',
      '/mnt/c/Program Files/x',
      '/mnt/c/Users/me/AppData/Local/Programs/Microsoft VS Code',
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
  ['macos', false, ['/users', '/Applications/X.app', '/APPLICATIONS', '/private/etc/x']],
  [
    'windows',
    true,
    [
      'C:\\Users\\me',
      'C:\\Users\\me\\site',
      'D:\\site',
      'C:\\work',
      '\\\\server\\share\\x',
      'C:\\Users\\me\\AppData\\Local\\Temp\\x',
      'C:\\Users\\me\\AppData\\Local\\nvim',
      'C:\\Users\\me\\AppData\\Roaming\\Code\\User',
      'D:\\MyAppData\\Local\\Programs',
      'D:\\site\\app-1.0',
    ],
  ],
  [
    'windows',
    false,
    [
      'D:\\',
      'c:\\users',
      'C:\\Windows',
      'c:\\WINDOWS\\system32',
      '\\\\server\\share\\',
      'C:\\Users\\me\\AppData',
      'C:\\Users\\me\\AppData\\Local',
      'C:\\Users\\you\\AppData\\Roaming',
      'C:\\Users\\me\\AppData\\Local\\Programs',
      'C:\\Users\\me\\AppData\\Local\\Programs\\Microsoft VS Code',
      'c:\\users\\me\\appdata\\local\\programs\\cursor\\resources',
      'C:\\Users\\me\\AppData\\Local\\AnthropicClaude\\app-1.0.3',
      'C:\\Users\\me\\AppData\\Local\\Microsoft\\WindowsApps',
      'D:\\profiles\\me\\AppData\\Local\\Programs\\Zed',
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

/** Each directory once more, on purpose: nobody would notice otherwise that one has gone, and a server works in it unasked. */
const system = {
  linux: {
    trees: [
      '/bin',
      '/boot',
      '/dev',
      '/etc',
      '/lib',
      '/lib32',
      '/lib64',
      '/libx32',
      '/lost+found',
      '/proc',
      '/sbin',
      '/snap',
      '/sys',
      '/usr/bin',
      '/usr/games',
      '/usr/include',
      '/usr/lib',
      '/usr/lib32',
      '/usr/lib64',
      '/usr/libexec',
      '/usr/sbin',
      '/usr/share',
      '/var/backups',
      '/var/cache',
      '/var/log',
      '/var/run',
      '/var/spool',
    ],
    tops: [
      '/home',
      '/media',
      '/mnt',
      '/opt',
      '/run',
      '/run/user',
      '/srv',
      '/usr',
      '/usr/local',
      '/var',
      '/var/lib',
    ],
  },
  macos: {
    trees: [
      '/Applications',
      '/Library',
      '/Network',
      '/System',
      '/bin',
      '/cores',
      '/dev',
      '/etc',
      '/opt/homebrew',
      '/private/etc',
      '/private/var/db',
      '/private/var/log',
      '/sbin',
      '/usr',
    ],
    tops: ['/Users', '/Volumes', '/opt', '/private', '/private/var', '/private/var/folders', '/var'],
  },
  windows: {
    trees: [
      'C:\\$recycle.bin',
      'C:\\perflogs',
      'C:\\program files',
      'C:\\program files (x86)',
      'C:\\programdata',
      'C:\\recovery',
      'C:\\system volume information',
      'C:\\windows',
    ],
    tops: ['C:\\users'],
  },
} as const;

for (const platform of ['linux', 'macos', 'windows'] as const) {
  const may = (directory: string) => mayBeDefault(directory, { platform, homeDirectory: undefined });
  const below = platform === 'windows' ? '\\x' : '/x';

  for (const tree of system[platform].trees) {
    test(`${platform}: ${tree} may not be taken unasked, nor what is in it`, () => {
      assert.equal([may(tree), may(tree + below), may(`${tree}x`)], [false, false, true]);
    });
  }

  for (const top of system[platform].tops) {
    test(`${platform}: ${top} may not be taken unasked, but what is in it`, () => {
      assert.equal([may(top), may(`${top}${below}y`)], [false, true]);
    });
  }

  test(`${platform}: no root may be taken unasked, whoever runs the server`, () => {
    assert.not(may(platform === 'windows' ? 'C:\\' : '/'));
  });
}

test('macos: what holds the home is taken for it however it is spelled', () => {
  const host = { platform: 'macos', homeDirectory: '/Volumes/Data/caf\u00e9/me' } as const;
  assert.not(mayBeDefault('/Volumes/data/cafe\u0301', host));
  assert.ok(mayBeDefault('/Volumes/data/cafe\u0301/me', host));
});

test('a service without a home gets the same', () => {
  assert.ok(mayBeDefault('/srv/site', { platform: 'linux', homeDirectory: undefined }));
  assert.not(mayBeDefault('/etc', { platform: 'linux', homeDirectory: undefined }));
});

test.run();
