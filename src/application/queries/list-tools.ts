import { isGranted, scopeOfTool } from '../../domain/policy/scope.ts';
import type { Tool } from '../../domain/tool/tool.ts';
import type { Registry } from '../registry.ts';
import type { Principal } from '../request-context.ts';
import type { ToolDefinition } from '../tools/define/define-tool.ts';
import { type Page, type PageRequest, paginate } from './paginate.ts';

/** The tools that this caller may use, always in the same order. @throws DomainError `cursor.invalid` */
export function listTools({ tools }: { readonly tools: Registry<ToolDefinition> }) {
  return (page: PageRequest, { scopes }: Principal): Page<Tool> =>
    paginate(
      tools.values().flatMap(({ tool }) => (isGranted(scopeOfTool(tool), scopes) ? [tool] : [])),
      (tool) => tool.name,
      page,
    );
}
