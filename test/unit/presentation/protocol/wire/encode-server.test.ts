import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeServer } from '../../../../../src/presentation/protocol/wire/encode-server.ts';
import { featuresOf, since, versions } from '../features.ts';

const test = suite('encode-server');

const server = {
  name: 'tfo-mcp',
  title: 'TelemetryFlow MCP',
  version: '1.2.3',
  description: 'A server',
  websiteUrl: 'https://example.com',
  instructions: 'Use it well.',
};

for (const version of versions) {
  test(`the server introduces itself to ${version}`, () => {
    assert.equal(encodeServer(server, featuresOf(version)), {
      name: 'tfo-mcp',
      ...(since('2025-06-18', version) && { title: 'TelemetryFlow MCP' }),
      version: '1.2.3',
      ...(since('2025-11-25', version) && { description: 'A server', websiteUrl: 'https://example.com' }),
    });
  });
}

test.run();
