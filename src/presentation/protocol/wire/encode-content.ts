import type {
  ContentAnnotations,
  ContentBlock,
  ResourceContents,
} from '../../../domain/shared/content-block.ts';
import type { JsonObject } from '../../../domain/shared/json.ts';
import type { Features } from '../revisions.ts';

/** A content block in the shape that the revision knows; one that it lacks becomes text that says the same. */
export function encodeContent(block: ContentBlock, features: Features): JsonObject {
  if (block.type === 'text' && !block.annotations && !block.meta) return { type: 'text', text: block.text };
  const rest = { ...annotationsOf(block.annotations, features), ...metaOf(block.meta, features) };
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text, ...rest };
    case 'image':
      return { type: 'image', data: block.data, mimeType: block.mimeType, ...rest };
    case 'audio':
      if (!features.audio)
        return {
          type: 'text',
          text: `[audio, ${block.mimeType}, ${block.data.length} characters of base64]`,
          ...rest,
        };
      return { type: 'audio', data: block.data, mimeType: block.mimeType, ...rest };
    case 'resource':
      return { type: 'resource', resource: encodeResourceContents(block.resource, features), ...rest };
    case 'resource_link': {
      if (!features.resourceLinks)
        return { type: 'text', text: `${block.title ?? block.name}: ${block.uri}`, ...rest };
      const { type, uri, name, title, description, mimeType, size } = block;
      return dropAbsent({ type, uri, name, title, description, mimeType, size, ...rest });
    }
  }
}

export function encodeResourceContents(contents: ResourceContents, features: Features): JsonObject {
  const { uri, mimeType, text, blob, meta } = contents;
  return dropAbsent({ uri, mimeType, text, blob, ...metaOf(meta, features) });
}

export function annotationsOf(annotations: ContentAnnotations | undefined, features: Features): JsonObject {
  if (annotations === undefined) return {};
  const { audience, priority, lastModified } = annotations;
  return {
    annotations: dropAbsent({
      audience,
      priority,
      lastModified: features.lastModified ? lastModified : undefined,
    }),
  };
}

function metaOf(meta: JsonObject | undefined, features: Features): JsonObject {
  return meta !== undefined && features.itemMeta ? { _meta: meta } : {};
}

/** Without the members that are undefined. */
export function dropAbsent(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
