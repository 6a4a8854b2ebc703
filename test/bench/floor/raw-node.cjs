// The raw Node loop: readline, JSON.parse, a switch, JSON.stringify. No validation, no tools beyond echo.
const { createInterface } = require('node:readline');

const serverInfo = { name: 'floor-node', version: '1' };
const echo = { name: 'echo', inputSchema: { type: 'object', properties: { message: { type: 'string' } } } };

function answer(id, result) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  switch (method) {
    case 'initialize':
      return answer(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo });
    case 'tools/list':
      return answer(id, { tools: [echo] });
    case 'tools/call':
      return answer(id, { content: [{ type: 'text', text: params.arguments.message }] });
    case 'ping':
      return answer(id, {});
  }
});
