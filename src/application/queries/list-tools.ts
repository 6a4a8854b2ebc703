import type { Tool } from '../../domain/tool/tool.ts';
import type { Registry } from '../registry.ts';
import type { ToolDefinition } from '../tools/define-tool.ts';
import { type Page, type PageRequest, paginate } from './paginate.ts';

/** The tools, always in the same order. @throws DomainError `cursor.invalid` */
export function listTools({ tools }: { readonly tools: Registry<ToolDefinition> }) {
  return (page: PageRequest): Page<Tool> =>
    paginate(
      tools.values().map(({ tool }) => tool),
      (tool) => tool.name,
      page,
    );
}
