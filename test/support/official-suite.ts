import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { root } from '../../build/paths.ts';
import { NetworkServer } from './network-server.ts';

/** Runs of the official conformance suite, each with all of its scenarios. */
export const suiteRuns = [
  {
    title: '2025-11-25',
    command: '@modelcontextprotocol/conformance',
    args: ['--requirements', '2025-11-25'],
  },
  {
    title: '2026-07-28',
    command: '@modelcontextprotocol/conformance',
    args: ['--requirements', '2026-07-28'],
  },
  { title: 'all', command: '@modelcontextprotocol/conformance', args: ['--suite', 'all'] },
  { title: 'all of 0.1.16', command: 'conformance-0-1', args: ['--suite', 'all'] },
] as const;

export type SuiteRun = (typeof suiteRuns)[number];

/** The result of one run. */
export interface SuiteReport {
  /** The scenarios in which at least one check succeeded, and none failed or warned. */
  readonly passed: readonly string[];
  readonly notPassed: readonly string[];
  readonly checks: { readonly passed: number; readonly total: number };
  /** The checks that failed or warned in scenarios that are not expected to fail. */
  readonly problems: readonly string[];
}

/** Scenarios that are known not to pass yet, in the form of the suite's own `--expected-failures`. */
export const expectedFailures: readonly string[] = parse(
  readFileSync(join(root, 'test/conformance/expected-failures.yaml'), 'utf8'),
).server;

/** A server with the surface that the suite asks for. */
export const startConformanceServer = () =>
  NetworkServer.start({ settings: { surface: 'conformance' }, network: { streamTimeout: 0.5 } });

interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  readonly errorMessage?: string;
}

/** Runs the suite against a server. @throws Error when it did not come to its end */
export async function runOfficialSuite({ command, args }: SuiteRun, url: string): Promise<SuiteReport> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const script = join(root, 'node_modules', command, 'dist/index.js');
  try {
    const output = await outputOf([script, 'server', '--url', url, ...args, '-o', folder]);
    const scenarios = readdirSync(folder).map((name) => readScenario(folder, name));
    const summed = output
      .split('=== SUMMARY ===')[1]
      ?.split('Total:')[0]
      ?.match(/^[✓✗] /gm)?.length;
    if (summed !== scenarios.length)
      throw new Error(
        `Expected the suite to sum up ${scenarios.length} scenarios, got ${summed}:\n${output}`,
      );
    return reportOn(scenarios);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The suite ends with 1 when something fails: what it wrote tells more. */
async function outputOf(args: readonly string[]): Promise<string> {
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options).catch((error) => error);
  return String(stdout);
}

interface Scenario {
  readonly name: string;
  readonly checks: readonly Check[];
}

/** `server-NAME-2026-01-02T03-04-05-678Z/checks.json` */
function readScenario(folder: string, directory: string): Scenario {
  const name = directory.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '');
  return { name, checks: JSON.parse(readFileSync(join(folder, directory, 'checks.json'), 'utf8')) };
}

function reportOn(scenarios: readonly Scenario[]): SuiteReport {
  const isBad = ({ status }: Check) => status === 'FAILURE' || status === 'WARNING';
  const isGood = ({ status }: Check) => status === 'SUCCESS';
  const hasPassed = ({ checks }: Scenario) => checks.some(isGood) && !checks.some(isBad);
  const all = scenarios.flatMap(({ checks }) => checks);
  const passed = all.filter(isGood).length;
  return {
    passed: scenarios.filter(hasPassed).map(({ name }) => name),
    notPassed: scenarios.filter((scenario) => !hasPassed(scenario)).map(({ name }) => name),
    checks: { passed, total: passed + all.filter(isBad).length },
    problems: scenarios
      .filter(({ name }) => !expectedFailures.includes(name))
      .flatMap(({ name, checks }) =>
        checks
          .filter(isBad)
          .map(({ id, status, errorMessage }) => `${name}: ${status} ${id}: ${errorMessage}`),
      ),
  };
}
