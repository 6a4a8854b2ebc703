import { FakeModel } from './model/fake-model.ts';
import { scriptOf } from './model/turns.ts';
import type { RealClient, Trial } from './real-client.ts';

/** Runs the script of a library's package, which hands the server's tools to a model and prints what it said. */
const driveLibrary: Trial['drive'] = async ({ server, calls, run }, { script }) => {
  const model = await FakeModel.start();
  try {
    const given = JSON.stringify({ server, model: model.url, prompt: scriptOf(calls) });
    const env = { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: 'none' };
    return JSON.parse(await run({ args: [script, given], env }));
  } finally {
    await model.close();
  }
};

/** The AI SDK's client; its model speaks Chat Completions. */
export const aiSdk: RealClient = {
  name: 'ai-sdk',
  trials: [
    { transport: 'stdio', revision: '2026-07-28', drive: driveLibrary },
    { transport: 'http', revision: '2026-07-28', drive: driveLibrary },
    { transport: 'sse', revision: '2025-11-25', drive: driveLibrary },
  ],
};

/** The OpenAI Agents SDK; its model speaks Responses. */
export const openaiAgents: RealClient = {
  name: 'openai-agents',
  trials: [
    { transport: 'stdio', revision: '2026-07-28', drive: driveLibrary },
    { transport: 'http', revision: '2026-07-28', drive: driveLibrary },
    { transport: 'sse', revision: '2025-11-25', drive: driveLibrary },
  ],
};
