import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  childEnvironment,
  variableOf,
  withVariables,
} from '../../../../../src/domain/policy/commands/child-environment.ts';

const test = suite('child-environment');

const of = (
  variables: Record<string, string | undefined>,
  { secrets = [], platform = 'linux' }: { secrets?: readonly string[]; platform?: string } = {},
) => ({ ...childEnvironment({ variables: { PATH: '/usr/bin', ...variables }, secrets, platform }) });

const namesOf = (...given: Parameters<typeof of>) =>
  Object.keys(of(...given)).filter((name) => name !== 'PATH');

for (const name of [
  'TELEMETRYFLOW_API_KEY',
  'TELEMETRYFLOW_MCP_LOGGING_LEVEL',
  'TELEMETRYFLOW_',
  'telemetryflow_api_key',
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'Anthropic_Auth_Token',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  'otel_headers',
]) {
  test(`${name} stays with the server`, () => assert.equal(namesOf({ [name]: 'value' }), []));
}

for (const name of [
  'HOME',
  'MY_ANTHROPIC_KEY',
  'TELEMETRY',
  'OTEL_SERVICE_NAME',
  'OTEL_HEADERS_FILE',
  'TFO_MCP_CONFIG',
]) {
  test(`${name} is passed on`, () => assert.equal(namesOf({ [name]: 'value' }), [name]));
}

test('a variable with the value of a known secret is left out, whatever its name', () => {
  const variables = { DB_PASS: 'hunter2', COPY: 'hunter2', NEAR: 'hunter22', EMPTY: '' };
  assert.equal(namesOf(variables, { secrets: ['hunter2', ''] }), ['NEAR', 'EMPTY']);
});

test('what is not set is not there', () => assert.equal(namesOf({ A: undefined }), []));

test('PATH keeps its order and gets the usual folders that it lacks at its end', () => {
  assert.is(
    of({ PATH: '/opt/mine:/bin', HOME: '/home/ada' })['PATH'],
    '/opt/mine:/bin:/home/ada/.local/bin:/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/sbin',
  );
});

test('without a PATH there is one, and an empty folder, which means the working directory, is none', () => {
  const usual = '/usr/local/bin:/usr/local/sbin:/usr/bin:/bin:/usr/sbin:/sbin';
  assert.is(of({ PATH: undefined })['PATH'], usual);
  assert.is(of({ PATH: '::', HOME: 'relative' })['PATH'], usual);
});

test('on macOS, where the Dock gives almost none, Homebrew is found', () => {
  assert.is(
    of({ PATH: '/usr/bin:/bin:/usr/sbin:/sbin' }, { platform: 'darwin' })['PATH'],
    '/usr/bin:/bin:/usr/sbin:/sbin:/opt/homebrew/bin:/opt/homebrew/sbin:/usr/local/bin:/usr/local/sbin',
  );
});

test('on Windows the variable may be called Path, and folders are compared without case', () => {
  const variables = { Path: 'C:\\tools;c:\\windows\\SYSTEM32', SystemRoot: 'C:\\Windows' };
  const environment = childEnvironment({ variables, secrets: [], platform: 'win32' });
  assert.is(
    environment['Path'],
    'C:\\tools;c:\\windows\\SYSTEM32;C:\\Windows;C:\\Windows\\System32\\Wbem;C:\\Windows\\System32\\WindowsPowerShell\\v1.0',
  );
  assert.not('PATH' in environment);
});

test('a call’s variables come on top and leave the base as it was', () => {
  const base = childEnvironment({ variables: { A: '1', B: '2' }, secrets: [], platform: 'linux' });
  const merged = withVariables(base, { B: '3', C: '4', PATH: '/only' }, 'linux');
  assert.equal({ ...merged }, { A: '1', B: '3', C: '4', PATH: '/only' });
  assert.is(base['B'], '2');
});

test('a call may set any name, with values that it knows', () => {
  const base = childEnvironment({ variables: { ANTHROPIC_API_KEY: 'real' }, secrets: [], platform: 'linux' });
  assert.is(withVariables(base, { ANTHROPIC_API_KEY: 'fake' }, 'linux')['ANTHROPIC_API_KEY'], 'fake');
});

test('on Windows a call’s PATH replaces Path', () => {
  const merged = withVariables({ Path: 'C:\\a' }, { PATH: 'C:\\b' }, 'win32');
  assert.equal({ ...merged }, { Path: 'C:\\b' });
  assert.equal({ ...withVariables({ Path: 'a' }, { PATH: 'b' }, 'linux') }, { Path: 'a', PATH: 'b' });
});

test('names of the language’s own objects are ordinary names', () => {
  const variables = JSON.parse('{"__proto__":"a","constructor":"b"}');
  assert.equal(namesOf(variables).sort(), ['__proto__', 'constructor'].sort());
  assert.equal(Object.entries(withVariables({}, JSON.parse('{"__proto__":"a"}'), 'linux')), [
    ['__proto__', 'a'],
  ]);
});

for (const [name, value] of [
  ['', 'x'],
  ['A=B', 'x'],
  ['A\ud800', 'x'],
  ['A', '\udc00'],
  ['A\0', 'x'],
  ['A', 'x\0y'],
  ['0', 'x'],
] as const) {
  test(`the variable ${JSON.stringify([name, value])} can’t be given to a program`, () => {
    assert.throws(
      () => withVariables({}, { [name]: value }, 'linux'),
      /Expected "env" to be an object of variables/,
    );
  });
}

test('on Windows nothing is started from the working directory, unless the server was started so', () => {
  const name = 'NoDefaultCurrentDirectoryInExePath';
  assert.is(of({}, { platform: 'win32' })[name], '1');
  assert.equal(
    Object.entries(of({ NODEFAULTCURRENTDIRECTORYINEXEPATH: 'x' }, { platform: 'win32' })).filter(([given]) =>
      /^NoDefault/i.test(given),
    ),
    [['NODEFAULTCURRENTDIRECTORYINEXEPATH', 'x']],
  );
  for (const platform of ['linux', 'darwin']) assert.is(of({}, { platform })[name], undefined);
});

test('a variable is found in any case on Windows', () => {
  assert.is(variableOf({ Path: 'a' }, 'PATH', 'win32'), 'a');
  assert.is(variableOf({ Path: 'a' }, 'PATH', 'linux'), undefined);
});

test.run();
