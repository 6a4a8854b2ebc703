import { productTools } from '../product-tools.ts';
import type { InstalledClient } from './install-client.ts';
import { FakeModel } from './model/fake-model.ts';
import { scriptOf } from './model/turns.ts';
import type { Trial } from './real-client.ts';
import type { Scene } from './scene.ts';

/** Adds the server to an agent as its users do, hands it the prompt, and returns what it printed. `model` is an address. */
export type Loop = (scene: Scene, client: InstalledClient, model: string, prompt: string) => Promise<string>;

/** Takes an agent through its whole loop with a model that does what the prompt says. */
export function driveAgent(loop: Loop): Trial['drive'] {
  return async (scene, client) => {
    const model = await FakeModel.start();
    try {
      const said = await loop(scene, client, model.url, scriptOf(scene.calls));
      const isOffered = (tool: string) => [...model.heardOf].some((name) => name.endsWith(tool));
      return { tools: productTools.filter(isOffered), said };
    } finally {
      await model.close();
    }
  };
}

/** The arguments that `mcp add` of these agents takes: the server's command, or its address. */
export function addedServer({ server }: Scene): string[] {
  const { transport, command, args, url } = server;
  return transport === 'stdio' ? ['tfo', '--', command, ...args] : ['--transport', transport, 'tfo', url];
}
