import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addedServer, driveAgent, type Loop } from './drive-agent.ts';
import type { RealClient } from './real-client.ts';

const settings = {
  security: { auth: { selectedType: 'gemini-api-key' } },
  privacy: { usageStatisticsEnabled: false },
  general: { disableAutoUpdate: true },
};

const loop: Loop = async (scene, { file }, model, prompt) => {
  const folder = join(scene.home, '.gemini');
  mkdirSync(folder);
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  const env = { GOOGLE_GEMINI_BASE_URL: model, GEMINI_API_KEY: 'none', GEMINI_CLI_TRUST_WORKSPACE: 'true' };
  const gemini = (args: string[], input = '') =>
    scene.run({ args: [file('@google/gemini-cli/bundle/gemini.js'), ...args], env, input });
  const added = addedServer(scene).filter((arg) => arg !== '--');
  await gemini(['mcp', 'add', '--scope', 'user', ...added]);
  // A model that is named is not chosen by another one first.
  return await gemini(['--approval-mode', 'yolo', '--model', 'gemini-2.5-flash'], prompt);
};

/** Google's agent. */
export const gemini: RealClient = {
  name: 'gemini',
  trials: [
    { transport: 'stdio', revision: '2025-06-18', drive: driveAgent(loop) },
    { transport: 'http', revision: '2025-06-18', drive: driveAgent(loop) },
    { transport: 'sse', revision: '2025-06-18', drive: driveAgent(loop) },
  ],
};
