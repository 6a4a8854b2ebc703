import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type Test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Frame, type ServerKind, type ServerOptions, ServerProcess } from './server-process.ts';

/** A server that has been initialized, and the only folder that its tools may work in. */
export interface ToolScene {
  /** Holds `allowed`; the home of the server's user. */
  base: string;
  allowed: string;
  server: ServerProcess;
  calls: number;
}

interface ToolSuiteOptions extends Pick<ServerOptions, 'args' | 'env'> {
  /** Makes the text of a configuration file, `given.yaml` in the allowed folder. */
  readonly configuration?: (allowed: string) => string;
}

/** A suite that gives each test a scene of its own, and clears it away. */
export function toolSuite(
  name: string,
  kind: ServerKind = 'bundle',
  { args = [], env = {}, configuration }: ToolSuiteOptions = {},
): Test<ToolScene> {
  const test = suite<ToolScene>(name);
  test.before.each(async (scene) => {
    scene.base = realpathSync(mkdtempSync(join(tmpdir(), 'tfo-e2e-')));
    scene.allowed = join(scene.base, 'allowed');
    scene.calls = 0;
    mkdirSync(scene.allowed);
    const file = join(scene.allowed, 'given.yaml');
    if (configuration) writeFileSync(file, configuration(scene.allowed));
    scene.server = new ServerProcess(kind, {
      args: ['serve', '--allow', scene.allowed, ...(configuration ? ['--config', file] : []), ...args],
      env: { HOME: scene.base, ...env },
    });
    await scene.server.initialize();
  });
  test.after.each(({ server, base }) => {
    server.kill();
    rmSync(base, { recursive: true });
  });
  return test;
}

/** The result of a call; each must be answered, so that a call that follows a refusal shows that the server goes on. */
export async function callTool(scene: ToolScene, name: string, args: object): Promise<Frame> {
  scene.calls += 1;
  const answer = await scene.server.request(scene.calls, 'tools/call', { name, arguments: args });
  assert.is(answer.error, undefined);
  return answer.result;
}

/** The tool's text for a call that it must refuse: text only. */
export async function refusalOf(scene: ToolScene, name: string, args: object): Promise<string> {
  const { content, isError, structuredContent } = await callTool(scene, name, args);
  assert.is(isError, true, JSON.stringify([args, content]));
  assert.is(structuredContent, undefined);
  assert.is(content.length, 1);
  return content[0].text;
}
