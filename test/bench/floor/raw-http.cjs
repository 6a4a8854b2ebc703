// The bare node:http loop: read the body, JSON.parse, a switch, JSON.stringify. No sessions, no headers looked at. With ws, the text.
const { createServer } = require('node:http');
const { WebSocketServer } = require('ws');

const serverInfo = { name: 'floor-http', version: '1' };
const meta = { 'io.modelcontextprotocol/serverInfo': serverInfo };

function resultOf({ method, params }) {
  switch (method) {
    case 'initialize':
      return { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo };
    case 'server/discover':
      return {};
    case 'tools/call': {
      const content = [{ type: 'text', text: params.arguments.message }];
      return params._meta ? { content, resultType: 'complete', _meta: meta } : { content };
    }
  }
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const message = JSON.parse(Buffer.concat(chunks).toString());
    const result = resultOf(message);
    if (result === undefined) {
      response.writeHead(202, { 'Content-Length': 0 });
      response.end();
      return;
    }
    const body = JSON.stringify({ jsonrpc: '2.0', id: message.id, result });
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'Mcp-Session-Id': 'floor',
    });
    response.end(body);
  });
});
new WebSocketServer({ server }).on('connection', (client) => {
  client.on('message', (data) => client.send(String(data.toString().length)));
});
server.listen(0, '127.0.0.1', () => console.error(`"port":${server.address().port}`));
