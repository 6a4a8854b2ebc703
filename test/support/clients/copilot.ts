import { addedServer, driveAgent, type Loop } from './drive-agent.ts';
import type { RealClient } from './real-client.ts';

const loop: Loop = async (scene, { file }, model, prompt) => {
  const env = {
    COPILOT_OFFLINE: 'true',
    COPILOT_AUTO_UPDATE: 'false',
    COPILOT_PROVIDER_BASE_URL: `${model}/v1`,
    COPILOT_PROVIDER_API_KEY: 'none',
    COPILOT_MODEL: 'fake',
  };
  const copilot = (...args: string[]) =>
    scene.run({ args: [file('@github/copilot/npm-loader.js'), ...args], env });
  await copilot('mcp', 'add', ...addedServer(scene));
  return await copilot('--allow-all-tools', '-p', prompt);
};

/** GitHub's agent. It kills the servers that it started. */
export const copilot: RealClient = {
  name: 'copilot',
  trials: [
    { transport: 'stdio', revision: '2026-07-28', drive: driveAgent(loop) },
    { transport: 'http', revision: '2026-07-28', drive: driveAgent(loop) },
  ],
};
