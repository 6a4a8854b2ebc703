import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sensitivePaths, sensitivePlaces } from '../../../../../src/domain/policy/paths/sensitive-places.ts';

const test = suite('sensitive-places');

const hosts = {
  linux: { platform: 'linux', homeDirectory: '/data/homes/me', environment: {} },
  macos: { platform: 'macos', homeDirectory: '/Users/me', environment: {} },
  windows: { platform: 'windows', homeDirectory: 'E:\\me', environment: {} },
} as const;

const of = (platform: keyof typeof hosts, environment: Record<string, string> = {}) =>
  sensitivePaths(sensitivePlaces({ ...hosts[platform], environment }), platform);

const rows: readonly (readonly [keyof typeof hosts, boolean, readonly string[]])[] = [
  [
    'linux',
    true,
    [
      '/data/homes/me/.ssh',
      '/data/homes/me/.ssh/id_ed25519',
      '/data/homes/me/.ssh/a/b/not/there',
      '/data/homes/me/.gnupg/private-keys-v1.d/x.key',
      '/data/homes/me/.aws/credentials',
      '/data/homes/me/.azure/x',
      '/data/homes/me/.config/gcloud/credentials.db',
      '/data/homes/me/.kube/config',
      '/data/homes/me/.docker/config.json',
      '/data/homes/me/.netrc',
      '/data/homes/me/.npmrc',
      '/data/homes/me/.pypirc',
      '/data/homes/me/.git-credentials',
      '/home/you/.ssh/id_rsa',
      '/root/.ssh/authorized_keys',
      '/proc/self/environ',
      '/proc/1/environ',
      '/proc/123/task/124/environ',
      '/proc/thread-self/environ',
      '/proc/4711/mem',
      '/proc/4711/maps',
      '/proc/4711/cmdline',
      '/proc/4711/fd/3',
      '/proc/4711/root/etc/passwd',
      '/proc/self/cwd/x',
      '/proc/kcore',
      '/proc/sys/kernel/core_pattern',
      '/sys/kernel/debug/x',
      '/sys/firmware/efi/efivars/x',
      '/etc/shadow',
      '/etc/sudoers.d/x',
      '/etc/ssh/ssh_host_ed25519_key',
      '/run/secrets/token',
      '/mnt/c/users/x/.SSH',
      '/mnt/c/Users/x/.Ssh/id_rsa',
      '/mnt/c/USERS/x/appdata/ROAMING/Mozilla/Firefox',
      '/mnt/d/home/x/.AWS',
      '/mnt/c/windows/system32/CONFIG/SAM',
    ],
  ],
  [
    'linux',
    false,
    [
      '/data/homes/me',
      '/data/homes/me/.sshx',
      '/data/homes/me/.SSH/x',
      '/data/homes/me/project/.ssh/config',
      '/data/homes/me/.docker/other.json',
      '/data/homes/me/.config',
      '/proc/cpuinfo',
      '/proc/meminfo',
      '/etc/ssh/ssh_host_ed25519_key.pub',
      '/etc/passwd',
      '/home/you',
      '/home/.ssh',
      '/mnt/c',
      '/mnt/c/Users/x/site/.SSH',
      '/mnt/data/users/x/.SSH',
      '/mntc/users/x/.SSH',
    ],
  ],
  [
    'macos',
    true,
    [
      '/Users/me/.SSH/id',
      '/Users/me/.s\u200csh/id',
      '/Users/you/.Aws',
      '/Users/me/Library/KEYCHAINS/x',
      '/private/etc/master.passwd',
      '/private/etc/sudoers',
      '/System/Volumes/Data/Users/me/.ssh/id',
      '/system/volumes/data/private/var/root/.ssh',
      '/.resolve/1/Users/me/.aws',
      '/.nofollow/System/Volumes/Data/Users/me/.aws',
      '/.vol/16777220/2',
      '/Users/me/Library/Messages/chat.db',
      '/Users/me/Library/Cookies/Cookies.binarycookies',
      '/Users/me/Library/Containers/com.example.app/Data/Library/Cookies/x',
      '/Users/me/Library/Application Support/Google/Chrome Canary/Default/Login Data',
      '/Users/me/.claude.json.backup.1754000000000',
    ],
  ],
  [
    'macos',
    false,
    [
      '/Users/me/Library',
      '/Users/me/x/.ssh',
      '/private/tmp/.ssh',
      '/System/Volumes/Data/Users/me/x',
      '/System/Volumes/Database/Users/me/x/.aws',
      '/Users/me/.claude/CLAUDE.md',
      '/Users/me/x/.claude/settings.json',
    ],
  ],
  [
    'windows',
    true,
    [
      'E:\\me\\.ssh\\id',
      'e:\\ME\\.SSH',
      'C:\\Users\\you\\.aws\\credentials',
      'C:\\users\\me\\appdata\\roaming\\gcloud\\x',
      'C:\\Windows\\System32\\config\\SAM',
      '\\\\server\\admin$\\System32\\config\\SAM',
      '\\\\127.0.0.1\\E$\\me\\.ssh\\id',
      '\\\\?\\E:\\me\\.ssh\\id',
      'E:\\me\\NTUSER.DAT',
      'E:\\me\\ntuser.dat.LOG1',
      'C:\\Users\\you\\NTUSER.DAT{53b39e88-18c4-11ea-a811-000d3aa4692b}.TM.blf',
      'C:\\Users\\you\\AppData\\Local\\Microsoft\\Windows\\UsrClass.dat.LOG2',
      'C:\\Documents and Settings\\you\\.ssh',
      '\\\\wsl$\\Ubuntu\\proc\\1\\environ',
      '\\\\wsl.localhost\\Ubuntu\\etc\\ssh\\ssh_host_rsa_key',
      '\\\\wsl$\\Ubuntu\\mnt\\e\\me\\.ssh\\id',
    ],
  ],
  [
    'windows',
    false,
    [
      'E:\\me',
      'C:\\Users\\you\\x\\.aws',
      'E:\\you\\.ssh',
      'E:\\me\\my.ntuser.dat',
      '\\\\server\\share\\x\\.ssh',
      '\\\\server\\share\\etc\\shadow',
      '\\\\wsl$\\Ubuntu\\home\\me\\x\\.ssh',
      '\\\\wsl$\\Ubuntu\\etc\\passwd',
    ],
  ],
];

for (const [platform, isCovered, paths] of rows) {
  for (const path of paths) {
    test(`${platform}: ${path} is ${isCovered ? 'refused' : 'let through'}`, () => {
      assert.is(of(platform).covers(path), isCovered);
    });
  }
}

test('the list follows the variables that move credentials', () => {
  const moved = of('linux', { KUBECONFIG: '/a/kube:/b/kube', AWS_SHARED_CREDENTIALS_FILE: '/c/aws' });
  for (const path of ['/a/kube', '/b/kube', '/c/aws']) assert.ok(moved.covers(path), path);
  assert.not(of('linux').covers('/a/kube'));
  const windows = of('windows', { KUBECONFIG: 'D:\\a\\kube;D:\\b\\kube' });
  for (const path of ['D:\\a\\kube', 'D:\\b\\kube']) assert.ok(windows.covers(path), path);
});

test('the list compares what is on a drive of Windows in any case on Linux too', () => {
  const drive = {
    ...hosts.linux,
    homeDirectory: '/mnt/e/Me',
    environment: { KUBECONFIG: '/mnt/c/Keys/Kube', XDG_CONFIG_HOME: '/mnt/d/Conf' },
  };
  const { covers, mayHoldAny } = sensitivePaths(sensitivePlaces(drive), 'linux');
  for (const path of ['/mnt/e/me/.SSH', '/mnt/c/keys/KUBE', '/mnt/d/conf/GCLOUD/x'])
    assert.ok(covers(path), path);
  for (const path of ['/mnt/E/ME', '/mnt/c/keys', '/mnt/d', '/mnt/c/users'])
    assert.ok(mayHoldAny(path), path);
  assert.not(mayHoldAny('/mnt/c/users/you/site'));
});

test('the list takes no root and no relative path from a variable', () => {
  const paths = of('linux', { GNUPGHOME: '/', DOCKER_CONFIG: 'relative' });
  assert.not(paths.covers('/work'));
  assert.not(paths.covers('relative/x'));
});

test('the list works without a home directory', () => {
  const places = sensitivePlaces({ ...hosts.linux, homeDirectory: undefined });
  assert.ok(sensitivePaths(places, 'linux').covers('/home/you/.ssh/x'));
});

test('the list knows which directories can hold none', () => {
  const { mayHoldAny } = of('linux');
  for (const directory of [
    '/',
    '/home',
    '/home/you',
    '/home/you/.config',
    '/data',
    '/data/homes/me',
    '/proc',
    '/proc/1',
    '/etc',
    '/etc/ssh',
    '/run',
    '/data/homes/me/.ssh/x',
    '/data/homes/me/.config',
  ])
    assert.ok(mayHoldAny(directory), directory);
  for (const directory of [
    '/srv/site',
    '/home/you/site',
    '/data/homes/me/site',
    '/tmp',
    '/home/you/.config/nvim',
  ])
    assert.not(mayHoldAny(directory), directory);
});

test('the list knows which directories can hold none on Windows and macOS', () => {
  for (const [platform, isAbove, directories] of [
    [
      'windows',
      true,
      ['C:\\', 'D:\\Windows', 'C:\\Windows\\System32', 'C:\\ProgramData', 'C:\\ProgramData\\Microsoft'],
    ],
    ['windows', true, ['C:\\Users', 'C:\\Users\\you', 'C:\\Users\\you\\AppData\\Roaming', 'E:\\me']],
    [
      'windows',
      true,
      [
        '\\\\wsl$\\Ubuntu',
        '\\\\wsl$\\Ubuntu\\home',
        '\\\\wsl$\\Ubuntu\\etc',
        '\\\\wsl$\\Ubuntu\\run',
        '\\\\wsl$\\Ubuntu\\mnt\\c\\Users',
        '\\\\server\\share',
        '\\\\server\\share\\AppData',
        '\\\\server\\share\\Users',
        '\\\\server\\c$\\Windows',
        'C:\\Users\\you\\AppData\\Local\\Packages\\Claude_1\\LocalCache',
        'C:\\Users\\you\\AppData\\Local\\BraveSoftware\\Brave-Browser',
      ],
    ],
    ['windows', false, ['\\\\server\\share\\site', '\\\\wsl$\\Ubuntu\\srv\\site']],
    [
      'windows',
      false,
      ['C:\\Users\\you\\AppData\\Local\\Packages\\Other_1', 'C:\\Users\\you\\AppData\\Local\\x'],
    ],
    ['windows', false, ['C:\\site', 'C:\\Users\\you\\site', 'C:\\Windows\\Fonts', 'C:\\ProgramData\\x']],
    [
      'macos',
      true,
      [
        '/',
        '/Users',
        '/Users/you/Library',
        '/private',
        '/private/var',
        '/private/etc',
        '/var',
        '/private/var/root',
        '/System',
        '/System/Volumes',
        '/System/Volumes/Data',
        '/System/Volumes/Data/Users/you/Library',
        '/Users/you/Library/Containers/com.example.app/Data',
      ],
    ],
    [
      'macos',
      false,
      ['/System/Library', '/Users/you/Library/Fonts', '/Users/you/site', '/opt/site', '/private/tmp/x'],
    ],
  ] as const)
    for (const directory of directories) assert.is(of(platform).mayHoldAny(directory), isAbove, directory);
});

test('every place is covered by each directory above it', () => {
  for (const platform of ['linux', 'macos', 'windows'] as const) {
    const places = sensitivePlaces(hosts[platform]);
    const paths = sensitivePaths(places, platform);
    for (const place of places.paths) {
      assert.ok(paths.covers(place), place);
      const separator = platform === 'windows' ? '\\' : '/';
      const names = place.split(separator);
      for (let depth = 2; depth < names.length; depth++)
        assert.ok(paths.mayHoldAny(names.slice(0, depth).join(separator)), `${place} at ${depth}`);
    }
  }
});

test.run();
