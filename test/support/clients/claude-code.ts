import { addedServer, driveAgent, type Loop } from './drive-agent.ts';
import type { RealClient } from './real-client.ts';

const loop: Loop = async (scene, { file }, model, prompt) => {
  const env = {
    ANTHROPIC_BASE_URL: model,
    ANTHROPIC_API_KEY: 'none',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
  };
  // The package's own command is put in place by a script of its installation, which nobody has run.
  const command = file(`@anthropic-ai/claude-code-${process.platform}-${process.arch}/claude`);
  await scene.run({ command, env, args: ['mcp', 'add', '--scope', 'user', ...addedServer(scene)] });
  return await scene.run({ command, env, args: ['-p', '--allowedTools', 'mcp__tfo'], input: prompt });
};

/** Anthropic's agent. It defers tools: its model searches for them first. */
export const claudeCode: RealClient = {
  name: 'claude-code',
  trials: [
    { transport: 'stdio', revision: '2026-07-28', drive: driveAgent(loop) },
    { transport: 'http', revision: '2026-07-28', drive: driveAgent(loop) },
    { transport: 'sse', revision: '2025-11-25', drive: driveAgent(loop) },
  ],
};
