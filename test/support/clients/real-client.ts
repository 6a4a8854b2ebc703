import { productTools } from '../product-tools.ts';
import { type InstalledClient, installClient } from './install-client.ts';
import { createScene, type Scene, type Transport } from './scene.ts';

/** The way in which a client is tried. */
export interface Trial {
  readonly transport: Transport;
  /** The revision that the client, as it is pinned, calls tools in. */
  readonly revision: string;
  /** False where the server is told no folder: it works in the one that it is started in. */
  readonly allow?: boolean;
  /** Starts the client, has it list the tools and make the scene's calls. */
  drive(scene: Scene, client: InstalledClient): Promise<Outcome>;
}

/** A client that other people made. */
export interface RealClient {
  /** The folder of its package and lock file in `test/fixtures/clients`. */
  readonly name: string;
  readonly trials: readonly Trial[];
}

/** All that a client made of the server. */
export interface Outcome {
  /** The names of the server's tools, as the client gives them to people or to its model. */
  readonly tools: readonly string[];
  /** The client's output, with the results of the calls in it. */
  readonly said: string;
}

/** The part of a trial's outcome that is judged. */
export interface TrialReport {
  readonly tools: readonly string[];
  /** The revision in which the last tool was called. */
  readonly revision: string | undefined;
}

/** The report of a trial in which all went well. */
export const expectedOf = ({ revision }: Trial): TrialReport => ({ tools: productTools, revision });

/**
 * Installs the client where that has not been done, and takes it through a trial.
 * @throws Error if not every call's answer came back through the client, or if the server did not end well
 */
export async function tryClient({ name }: RealClient, trial: Trial): Promise<TrialReport> {
  const client = installClient(name);
  const scene = await createScene(trial.transport, { allow: trial.allow ?? true });
  try {
    const { tools, said } = await trial.drive(scene, client);
    const lost = scene.calls.filter(({ answer }) => !said.includes(answer)).map(({ tool }) => tool);
    if (lost.length > 0)
      throw new Error(`Expected the answer of ${lost.join(', ')}, got ${said.slice(-1000)}`);
    return { tools, revision: await scene.finish() };
  } finally {
    await scene.clear();
  }
}
