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
  '.pgpass',
  '.my.cnf',
  '.mylogin.cnf',
  '.claude/.credentials.json',
  '.codex/auth.json',
  'Library/Keychains',
  'Library/Application Support/com.apple.TCC',
  'Library/Application Support/gcloud',
  'AppData/Roaming/gnupg',
  'AppData/Roaming/gcloud',
  'AppData/Roaming/GitHub CLI',
  'AppData/Roaming/postgresql/pgpass.conf',
  'AppData/Roaming/Microsoft/Credentials',
  'AppData/Roaming/Microsoft/Crypto',
  'AppData/Roaming/Microsoft/Protect',
  'AppData/Local/Microsoft/Credentials',
  'AppData/Local/Microsoft/Vault',
]) {
  test(`"${place}" is refused in every home, with all that is below it`, () => {
    for (const path of [`/home/me/${place}`, `/root/${place}/x`]) assert.ok(covers('linux', path), path);
    for (const path of [`/Users/me/${place}`, `/var/root/${place}`, `/private/var/root/${place}`])
      assert.ok(covers('macos', path), path);
    assert.ok(covers('windows', `C:\\Users\\me\\${place.replaceAll('/', '\\')}`));
    assert.not(covers('linux', `/home/me/${place}x`));
  });
}

for (const place of [
  '/etc/shadow',
  '/etc/shadow-',
  '/etc/gshadow',
  '/etc/gshadow-',
  '/etc/master.passwd',
  '/private/etc/master.passwd',
  '/etc/sudoers',
  '/etc/sudoers.d',
  '/etc/ssl/private',
  '/etc/krb5.keytab',
  '/private/var/db/dslocal',
  '/Library/Keychains',
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
  });
}

for (const place of [
  'Windows\\System32\\config',
  'Windows\\NTDS',
  'ProgramData\\Microsoft\\Crypto',
  'ProgramData\\ssh',
]) {
  test(`"${place}" is refused on every drive`, () => {
    for (const drive of ['C:', 'd:']) assert.ok(covers('windows', `${drive}\\${place}\\x`), drive);
    assert.not(covers('windows', `C:\\${place}x`));
  });
}

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
  'PASSWORD_STORE_DIR',
]) {
  test(`${variable} moves a place that is refused`, () => {
    assert.ok(covers('linux', '/moved/there/x', { [variable]: '/moved/there' }));
    assert.not(covers('linux', '/moved/there/x'));
  });
}

test.run();
