import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PathPlatform } from '../../../../../src/domain/policy/paths/path-platform.ts';
import { sensitivePaths, sensitivePlaces } from '../../../../../src/domain/policy/paths/sensitive-places.ts';

// Each place once more, on purpose: nobody would notice otherwise that one has gone, and the keys in it can be read.
const test = suite('sensitive-names');

const covers = (platform: PathPlatform, path: string, environment: Record<string, string> = {}) =>
  sensitivePaths(sensitivePlaces({ platform, homeDirectory: undefined, environment }), platform).covers(path);

for (const place of [
  '.ssh',
  '.gnupg',
  '.pki',
  '.password-store',
  '.local/share/keyrings',
  '.local/share/kwalletd',
  '.aws',
  '.azure',
  '.config/gcloud',
  '.kube',
  '.oci',
  '.bluemix',
  '.config/doctl',
  '.config/rclone',
  '.rclone.conf',
  '.s3cfg',
  '.boto',
  '.docker/config.json',
  '.config/containers/auth.json',
  '.netrc',
  '_netrc',
  '.npmrc',
  '.yarnrc.yml',
  '.pypirc',
  '.gem/credentials',
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.composer/auth.json',
  '.config/composer/auth.json',
  '.nuget/NuGet/NuGet.Config',
  '.config/NuGet/NuGet.Config',
  '.m2/settings.xml',
  '.m2/settings-security.xml',
  '.gradle/gradle.properties',
  '.git-credentials',
  '.config/git/credentials',
  '.config/gh',
  '.config/hub',
  '.config/glab-cli',
  '.config/op',
  '.vault-token',
  '.terraform.d/credentials.tfrc.json',
  '.terraformrc',
  '.pgpass',
  '.my.cnf',
  '.mylogin.cnf',
  '.mysql/workbench/workbench_user_data.dat',
  '.claude/.credentials.json',
  '.claude/settings.json',
  '.claude/settings.local.json',
  '.claude/backups',
  '.claude.json*',
  '.config/Claude',
  '.codex/auth.json',
  '.mozilla',
  '.thunderbird',
  '.librewolf',
  '.config/google-chrome*',
  '.config/chromium',
  '.config/microsoft-edge*',
  '.config/BraveSoftware',
  '.config/vivaldi*',
  '.config/opera*',
  '.config/yandex-browser*',
  'snap/firefox/common/.mozilla',
  'snap/chromium/common/chromium',
  '.var/app/org.mozilla.*/.mozilla',
  '.var/app/*/config/google-chrome*',
  '.var/app/*/config/chromium',
  '.var/app/*/config/microsoft-edge*',
  '.var/app/*/config/BraveSoftware',
  'Library/Keychains',
  'Library/Cookies',
  'Library/HTTPStorages',
  'Library/Messages',
  'Library/Safari',
  'Library/Containers/*/Data/Library/Cookies',
  'Library/Containers/com.apple.Safari',
  'Library/Application Support/com.apple.TCC',
  'Library/Application Support/gcloud',
  'Library/Application Support/Claude',
  'Library/Application Support/Google/Chrome*',
  'Library/Application Support/Chromium',
  'Library/Application Support/Microsoft Edge*',
  'Library/Application Support/BraveSoftware',
  'Library/Application Support/Vivaldi',
  'Library/Application Support/com.operasoftware.*',
  'Library/Application Support/Arc',
  'Library/Application Support/Firefox',
  'Library/Application Support/Yandex',
  'Library/Application Support/librewolf',
  'Library/Thunderbird',
  'NTUSER.DAT*',
  'AppData/Local/Microsoft/Windows/UsrClass.dat*',
  'AppData/Local/Microsoft/Windows/INetCookies',
  'AppData/Local/Microsoft/Windows/WebCache',
  'AppData/Roaming/Microsoft/Windows/Cookies',
  'AppData/Roaming/gnupg',
  'AppData/Roaming/gcloud',
  'AppData/Roaming/GitHub CLI',
  'AppData/Roaming/rclone',
  'AppData/Roaming/terraform.rc',
  'AppData/Roaming/terraform.d/credentials.tfrc.json',
  'AppData/Roaming/postgresql/pgpass.conf',
  'AppData/Roaming/MySQL',
  'AppData/Roaming/NuGet/NuGet.Config',
  'AppData/Roaming/Composer/auth.json',
  'AppData/Roaming/Claude',
  'AppData/Local/Packages/Claude_*/LocalCache/Roaming/Claude',
  'AppData/Roaming/Microsoft/Credentials',
  'AppData/Roaming/Microsoft/Crypto',
  'AppData/Roaming/Microsoft/Protect',
  'AppData/Roaming/Microsoft/Vault',
  'AppData/Local/Microsoft/Credentials',
  'AppData/Local/Microsoft/Vault',
  'AppData/Local/Google/Chrome*/User Data',
  'AppData/Local/Chromium/User Data',
  'AppData/Local/Microsoft/Edge*/User Data',
  'AppData/Local/BraveSoftware/*/User Data',
  'AppData/Local/Vivaldi/User Data',
  'AppData/Local/Packages/TheBrowserCompany.Arc_*',
  'AppData/Local/Packages/Mozilla.*/LocalCache/Roaming/Mozilla',
  'AppData/Local/Packages/Mozilla.*/LocalCache/Roaming/Thunderbird',
  'AppData/Local/Yandex',
  'AppData/Roaming/Opera Software',
  'AppData/Roaming/Mozilla',
  'AppData/Roaming/librewolf',
  'AppData/Roaming/Thunderbird',
]) {
  test(`"${place}" is refused in every home, with all that is below it`, () => {
    const name = place.replaceAll('*', '.1');
    for (const path of [`/home/me/${name}`, `/root/${name}/x`, `/mnt/c/Users/me/${name}`])
      assert.ok(covers('linux', path), path);
    for (const path of [
      `/Users/me/${name}`,
      `/var/root/${name}`,
      `/private/var/root/${name}`,
      `/System/Volumes/Data/Users/me/${name}`,
    ])
      assert.ok(covers('macos', path), path);
    for (const home of [
      'C:\\Users\\me',
      '\\\\localhost\\C$\\Users\\me',
      '\\\\server\\Users\\me',
      '\\\\server\\profiles$\\me.V6',
      '\\\\server\\me$',
      '\\\\wsl$\\Ubuntu\\home\\me',
      '\\\\wsl.localhost\\Debian\\root',
      '\\\\wsl$\\Ubuntu\\mnt\\c\\Users\\me',
      '\\\\?\\UNC\\localhost\\c$\\Users\\me',
    ]) {
      const path = `${home}\\${name.replaceAll('/', '\\')}`;
      assert.ok(covers('windows', path), path);
      assert.ok(covers('windows', `${path}\\x`), path);
    }
    if (!place.endsWith('*')) assert.not(covers('linux', `/home/me/${name}x`));
    assert.not(covers('linux', `/home/me/x${name}`));
  });
}

for (const place of [
  '/etc/shadow',
  '/etc/shadow-',
  '/etc/gshadow',
  '/etc/gshadow-',
  '/etc/master.passwd',
  '/etc/sudoers',
  '/etc/sudoers.d',
  '/etc/ssl/private',
  '/etc/krb5.keytab',
  '/var/db/dslocal',
  '/Library/Keychains',
  '/Library/Application Support/com.apple.TCC',
  '/.vol',
  '/run/secrets',
  '/var/run/secrets',
  '/dev/mem',
  '/dev/kmem',
  '/dev/port',
  '/proc/kcore',
  '/proc/kmsg',
  '/proc/kpagecontent',
  '/proc/keys',
  '/proc/key-users',
  '/proc/kallsyms',
  '/proc/sys',
  '/proc/sysrq-trigger',
  '/sys/firmware',
  '/sys/kernel',
]) {
  test(`"${place}" is refused, with all that is below it`, () => {
    for (const platform of ['linux', 'macos'] as const) {
      assert.ok(covers(platform, place));
      assert.ok(covers(platform, `${place}/x`));
    }
    assert.ok(covers('macos', `/System/Volumes/Data${place}`));
    assert.ok(covers('macos', `/.nofollow${place}`));
    const under = place.replaceAll('/', '\\');
    for (const root of ['\\\\wsl$\\Ubuntu', '\\\\wsl.localhost\\Debian-12'])
      assert.ok(covers('windows', `${root}${under}`), root);
  });
}

for (const place of [
  'Windows\\System32\\config',
  'Windows\\NTDS',
  'ProgramData\\Microsoft\\Crypto',
  'ProgramData\\ssh',
]) {
  test(`"${place}" is refused on every drive`, () => {
    for (const drive of ['C:', 'd:', '\\\\localhost\\c$', '\\\\server\\share', '\\\\wsl$\\Ubuntu\\mnt\\c'])
      assert.ok(covers('windows', `${drive}\\${place}\\x`), drive);
    assert.not(covers('windows', `C:\\${place}x`));
  });
}

for (const folder of ['/etc', '/private/etc', '/System/Volumes/Data/private/etc'])
  test(`the keys of the SSH server in ${folder} are refused`, () => {
    assert.ok(covers('macos', `${folder}/ssh/ssh_host_ed25519_key`));
    assert.not(covers('macos', `${folder}/ssh/ssh_host_ed25519_key.pub`));
  });

for (const variable of [
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AZURE_CONFIG_DIR',
  'CLOUDSDK_CONFIG',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'KUBECONFIG',
  'DOCKER_CONFIG',
  'GNUPGHOME',
  'NETRC',
  'NPM_CONFIG_USERCONFIG',
  'PGPASSFILE',
  'GH_CONFIG_DIR',
  'GLAB_CONFIG_DIR',
  'PASSWORD_STORE_DIR',
  'RCLONE_CONFIG',
  'TF_CLI_CONFIG_FILE',
  'MYSQL_TEST_LOGIN_FILE',
]) {
  test(`${variable} moves a place that is refused`, () => {
    assert.ok(covers('linux', '/moved/there/x', { [variable]: '/moved/there' }));
    assert.not(covers('linux', '/moved/there/x'));
  });
}

for (const [variable, path] of [
  ['CARGO_HOME', 'credentials'],
  ['CARGO_HOME', 'credentials.toml'],
  ['COMPOSER_HOME', 'auth.json'],
  ['CLAUDE_CONFIG_DIR', '.credentials.json'],
  ['CLAUDE_CONFIG_DIR', '.claude.json'],
  ['CLAUDE_CONFIG_DIR', 'settings.json'],
  ['CLAUDE_CONFIG_DIR', 'settings.local.json'],
  ['CODEX_HOME', 'auth.json'],
  ['XDG_CONFIG_HOME', 'gcloud/x'],
  ['XDG_CONFIG_HOME', 'google-chrome-beta/x'],
  ['XDG_DATA_HOME', 'keyrings/x'],
] as const) {
  test(`${variable} moves ${path}`, () => {
    const moved = { [variable]: '/moved/there' };
    assert.ok(covers('linux', `/moved/there/${path}`, moved));
    assert.not(covers('linux', '/moved/there/x', moved));
    assert.not(covers('linux', `/moved/there/${path}`));
  });
}

for (const [variable, path] of [
  ['APPDATA', 'Mozilla\\Firefox'],
  ['LOCALAPPDATA', 'Google\\Chrome\\User Data'],
] as const) {
  test(`${variable} can be on a share`, () => {
    const moved = { [variable]: '\\\\server\\redirected\\me\\data' };
    assert.ok(covers('windows', `\\\\SERVER\\redirected\\me\\Data\\${path}\\x`, moved));
    assert.not(covers('windows', '\\\\server\\redirected\\me\\data\\x', moved));
  });
}

test.run();
