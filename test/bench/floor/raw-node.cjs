// The raw Node loop: readline, JSON.parse, a table of tools, JSON.stringify. No validation, no limits; modules are loaded
// when a tool first needs them, so that start and echo are measured without them.
const { createInterface } = require('node:readline');

const serverInfo = { name: 'floor-node', version: '1' };

/** Paths of the files below `root` whose names end in `extension`, one level of directories at a time. */
async function search(root, extension) {
  const { readdir } = require('node:fs/promises');
  const found = [];
  for (let level = [root]; level.length > 0; ) {
    const next = [];
    await Promise.all(
      level.map(async (folder) => {
        for (const entry of await readdir(folder, { withFileTypes: true })) {
          const path = `${folder}/${entry.name}`;
          if (entry.isDirectory()) next.push(path);
          else if (entry.name.endsWith(extension)) found.push(path);
        }
      }),
    );
    level = next;
  }
  return found.join('\n');
}

async function list(path) {
  const { readdir } = require('node:fs/promises');
  const entries = await readdir(path, { withFileTypes: true });
  return entries.map((entry) => `${entry.isDirectory() ? '[DIR]' : '[FILE]'} ${entry.name}`).join('\n');
}

function run(command) {
  const { spawn } = require('node:child_process');
  return new Promise((resolve) => {
    const output = [];
    const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.on('close', () => resolve(Buffer.concat(output).toString()));
  });
}

const tools = {
  echo: ({ message }) => message,
  read_file: ({ path }) => require('node:fs/promises').readFile(path, 'utf8'),
  list_directory: ({ path }) => list(path),
  search_files: ({ path, extension }) => search(path, extension),
  execute_command: ({ command }) => run(command),
};

function answer(id, result) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
}

function call(id, { name, arguments: args }) {
  const text = tools[name](args);
  if (typeof text === 'string') answer(id, { content: [{ type: 'text', text }] });
  else text.then((whole) => answer(id, { content: [{ type: 'text', text: whole }] }));
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  switch (method) {
    case 'initialize':
      return answer(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo });
    case 'tools/list':
      return answer(id, {
        tools: Object.keys(tools).map((name) => ({ name, inputSchema: { type: 'object' } })),
      });
    case 'tools/call':
      return call(id, params);
    case 'ping':
      return answer(id, {});
  }
});
