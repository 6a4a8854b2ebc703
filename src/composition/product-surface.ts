import type { Surface } from '../application/surface.ts';
import { echoTool } from '../application/tools/echo.ts';
import { systemInfoTool } from '../application/tools/system-info.ts';
import { NodeSystemInformation } from '../infrastructure/system/node-system-information.ts';
import type { ServerIdentity } from '../presentation/protocol/services.ts';

/** What tfo-mcp offers, in the order in which it is listed. */
export function productSurface(server: ServerIdentity): Surface {
  return {
    tools: [
      echoTool(),
      systemInfoTool(new NodeSystemInformation(), { name: server.name, version: server.version }),
    ],
    resources: [],
    prompts: [],
  };
}
