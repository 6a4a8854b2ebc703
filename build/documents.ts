// Checks that what is generated into the sources is up to date: `node build/documents.ts`; --write renews it.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationReference } from '../src/infrastructure/config/documents/configuration-reference.ts';
import { renderHelp } from '../src/presentation/cli/command-line/render-help.ts';
import { defaultSurface } from './default-surface.ts';
import { type Generators, renewBlocks } from './generated-blocks.ts';
import { modelTable, modelTablePath, pinnedSdk } from './model-table.ts';
import { root } from './paths.ts';

/** Files that may have generated blocks. */
const files = ['README.md', ...globSync('src/guides/*.md', { cwd: root }).sort()];

const tools = await toolReference();

/** Generators of the blocks, by name: `<!-- generated:NAME -->` in a document is filled by the generator here. */
const generators: Generators = {
  configuration: configurationReference,
  help: () => fenced(renderHelp((_style, text) => text)),
  tools: () => tools,
};

const write = process.argv.includes('--write');
for (const file of files) renew(file, (current) => renewBlocks(current, generators));
renew(modelTablePath, () => modelTable(pinnedSdk()));

function renew(file: string, make: (current: string) => string): void {
  const path = join(root, file);
  const current = readFileSync(path, 'utf8');
  const renewed = make(current);
  if (renewed === current) return;
  if (write) {
    writeFileSync(path, renewed);
  } else {
    console.error(`${file} is out of date: run "make format" and read what it changed`);
    process.exitCode = 1;
  }
}

async function toolReference(): Promise<string> {
  const { tools } = await defaultSurface();
  const rows = tools.map(({ tool }) => `| \`${tool.name}\` | ${tool.description} |`);
  return ['| tool | does |', '|---|---|', ...rows].join('\n');
}

function fenced(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
