import type { Application } from '../../application/application.ts';
import type { Page, PageRequest } from '../../application/queries/paginate.ts';
import type { Principal } from '../../application/request-context.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import type { Offer } from './capabilities.ts';
import { encodePage, pageRequest } from './cursor.ts';
import type { Features } from './revisions.ts';
import type { Services } from './services.ts';
import { encodePrompt, encodeResource, encodeResourceTemplate, encodeTool } from './wire/encode-surface.ts';

/** Of a request of either era, what a list needs. */
interface ListCall {
  readonly params: JsonObject | undefined;
  readonly services: Services;
  readonly features: Features;
}

/** A list of the surface: both eras answer it with the same page, each in its own wrapping. */
export interface SurfaceList {
  readonly needs: Offer;
  /** @throws DomainError `cursor.invalid` */
  page(call: ListCall, principal: Principal): JsonObject;
}

type Query<Entry> = (page: PageRequest, principal: Principal) => Page<Entry>;

/** By method. */
export const surfaceLists: ReadonlyMap<string, SurfaceList> = new Map([
  ['tools/list', listOf('tools', 'tools', ({ listTools }) => listTools, encodeTool)],
  ['resources/list', listOf('resources', 'resources', ({ listResources }) => listResources, encodeResource)],
  [
    'resources/templates/list',
    listOf(
      'resources',
      'resourceTemplates',
      ({ listResourceTemplates }) => listResourceTemplates,
      encodeResourceTemplate,
    ),
  ],
  ['prompts/list', listOf('prompts', 'prompts', ({ listPrompts }) => listPrompts, encodePrompt)],
]);

/** @param name of the entries in the answer */
function listOf<Entry>(
  needs: Offer,
  name: string,
  queryOf: (queries: Application['queries']) => Query<Entry>,
  encode: (entry: Entry, features: Features) => JsonObject,
): SurfaceList {
  return {
    needs,
    page({ params, services, features }, principal) {
      const query = queryOf(services.application.queries);
      const page = query(pageRequest(name, params, services.pageSize), principal);
      return encodePage(name, page, (entry) => encode(entry, features));
    },
  };
}
