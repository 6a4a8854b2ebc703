import * as v from 'valibot';
import { textResult } from '../../domain/tool/tool-result.ts';
import { defineTool } from './define/define-tool.ts';

export const echoTool = () =>
  defineTool({
    name: 'echo',
    title: 'Echo',
    description: 'Returns the message, to test the connection.',
    category: 'utility',
    tags: ['test', 'debug'],
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: v.strictObject({ message: v.pipe(v.string(), v.description('What to echo')) }),
    handle: ({ message }) => textResult(`Echo: ${message}`),
  });
