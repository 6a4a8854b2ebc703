import type { JsonObject } from './json.ts';

export interface ContentAnnotations {
  readonly audience?: readonly ('user' | 'assistant')[];
  /** 0 (optional) to 1 (required). */
  readonly priority?: number;
  /** ISO 8601. */
  readonly lastModified?: string;
}

interface Annotated {
  readonly annotations?: ContentAnnotations;
  readonly meta?: JsonObject;
}

export interface TextContent extends Annotated {
  readonly type: 'text';
  readonly text: string;
}

export interface MediaContent extends Annotated {
  readonly type: 'image' | 'audio';
  /** Base64. */
  readonly data: string;
  readonly mimeType: string;
}

export interface ResourceLink extends Annotated {
  readonly type: 'resource_link';
  readonly uri: string;
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly mimeType?: string;
  /** Bytes. */
  readonly size?: number;
}

/** The content of a resource: text, or base64 in `blob`. */
export interface ResourceContents {
  readonly uri: string;
  readonly mimeType?: string;
  readonly text?: string;
  readonly blob?: string;
  readonly meta?: JsonObject;
}

export interface EmbeddedResource extends Annotated {
  readonly type: 'resource';
  readonly resource: ResourceContents;
}

/** Content that tools and prompts hand to a model. */
export type ContentBlock = TextContent | MediaContent | ResourceLink | EmbeddedResource;
