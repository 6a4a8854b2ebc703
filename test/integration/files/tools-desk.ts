import type { RequestContext } from '../../../src/application/request-context.ts';
import type { ToolDefinition } from '../../../src/application/tools/define/define-tool.ts';
import { readFileTool } from '../../../src/application/tools/read-file/read-file.ts';
import type { ToolLimits } from '../../../src/application/tools/tool-limits.ts';
import { writeFileTool } from '../../../src/application/tools/write-file/write-file.ts';
import type { ContentBlock } from '../../../src/domain/shared/content-block.ts';
import { DomainError } from '../../../src/domain/shared/domain-error.ts';
import { errorResult, type ToolResult } from '../../../src/domain/tool/tool-result.ts';
import { unifiedDiff } from '../../../src/infrastructure/files/write/unified-diff.ts';
import { fakeContext } from '../../unit/application/fake-context.ts';
import { FilesDesk } from './files-desk.ts';

/** The two tools over real files, with limits that a test can reach. */
export class ToolsDesk extends FilesDesk {
  readonly tools: Readonly<Record<'read' | 'write', ToolDefinition>>;

  constructor(
    limits: Partial<
      Pick<ToolLimits, 'answerBytes' | 'maxReadBytes' | 'maxImageBytes' | 'maxWriteBytes'>
    > = {},
    { confirmOverwrite = false } = {},
  ) {
    super();
    const dependencies = {
      files: this.files,
      grants: { of: async () => this.grant },
      textDiff: unifiedDiff,
      limits: {
        answerBytes: 16_384,
        maxReadBytes: 1000,
        maxImageBytes: 2000,
        maxWriteBytes: 5000,
        ...limits,
      } as ToolLimits,
      confirmOverwrite,
    };
    this.tools = { read: readFileTool(dependencies), write: writeFileTool(dependencies) };
  }

  /** The result of a call; a refusal becomes what `executeTool` makes of it. */
  async call(
    tool: 'read' | 'write',
    args: object,
    context: RequestContext = fakeContext(),
  ): Promise<ToolResult> {
    try {
      return await this.tools[tool].run(args as never, context);
    } catch (error) {
      if (error instanceof DomainError) return errorResult(error.message);
      throw error;
    }
  }
}

/** The texts of a result's blocks. */
export const textsOf = (result: ToolResult): string[] =>
  result.content.map((block: ContentBlock) => (block.type === 'text' ? block.text : `<${block.type}>`));
