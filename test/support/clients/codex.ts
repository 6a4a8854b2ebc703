import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addedServer, driveAgent, type Loop } from './drive-agent.ts';
import type { RealClient } from './real-client.ts';

const configuration = (model: string) => `model = "fake"
model_provider = "fake"

[model_providers.fake]
name = "Fake"
base_url = "${model}/v1"
wire_api = "responses"
`;

const loop: Loop = async (scene, { file }, model, prompt) => {
  writeFileSync(join(scene.home, 'config.toml'), configuration(model));
  const codex = (...args: string[]) =>
    scene.run({
      args: [file('@openai/codex/bin/codex.js'), ...args],
      env: { CODEX_HOME: scene.home },
      input: prompt,
    });
  const { transport, url } = scene.server;
  await codex('mcp', 'add', ...(transport === 'stdio' ? addedServer(scene) : ['tfo', '--url', url]));
  // Without these it begins while a server of a busy machine is still starting, and does without.
  const patient = ['-c', 'mcp_servers.tfo.required=true', '-c', 'mcp_servers.tfo.startup_timeout_sec=60'];
  // Nobody is asked, so nothing that changes anything would be approved.
  return await codex(
    'exec',
    ...patient,
    '--skip-git-repo-check',
    '--dangerously-bypass-approvals-and-sandbox',
    '-',
  );
};

/** OpenAI's agent. */
export const codex: RealClient = {
  name: 'codex',
  trials: [
    { transport: 'stdio', revision: '2025-06-18', drive: driveAgent(loop) },
    { transport: 'http', revision: '2025-06-18', drive: driveAgent(loop) },
  ],
};
