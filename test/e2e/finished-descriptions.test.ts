import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaultSurface } from '../../build/default-surface.ts';
import { killStartedServers, startServer } from '../support/start-server.ts';

const test = suite('finished descriptions');
test.after(killStartedServers);

/** The tools that the bundle lists, by name. */
async function listed(env: Readonly<Record<string, string>> = {}) {
  const server = startServer('bundle', { env });
  await server.initialize();
  const { result } = await server.request(1, 'tools/list');
  server.end();
  return result.tools;
}

test('are what the tools would have said', async () => {
  const { tools } = await defaultSurface();
  const made = tools.map(
    ({ tool: { name, title, description, annotations, inputSchema, outputSchema, largestAnswer } }) => ({
      name,
      title,
      description,
      inputSchema: inputSchema(),
      ...(outputSchema && { outputSchema: outputSchema() }),
      annotations,
      ...(largestAnswer !== undefined && { _meta: { 'anthropic/maxResultSizeChars': largestAnswer } }),
    }),
  );
  assert.equal(await listed(), made);
});

test('give way where the limits are configured', async () => {
  const tools = await listed({
    TELEMETRYFLOW_MCP_TOOLS_MAX_ENTRIES: '7',
    TELEMETRYFLOW_MCP_TOOLS_MAX_RESULTS: '8',
    TELEMETRYFLOW_MCP_TOOLS_COMMAND_TIMEOUT: '9',
    TELEMETRYFLOW_MCP_TOOLS_MAX_COMMAND_TIMEOUT: '10',
  });
  const property = (tool: string, name: string) =>
    tools.find((found: { name: string }) => found.name === tool).inputSchema.properties[name];
  assert.match(property('list_directory', 'limit').description, 'default: 7,');
  assert.match(property('search_files', 'limit').description, 'default: 8,');
  assert.is(property('execute_command', 'timeout').default, 9);
  assert.is(property('execute_command', 'timeout').maximum, 10);
});

test.run();
