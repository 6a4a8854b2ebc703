import type { ContentAnnotations } from '../shared/content-block.ts';

interface ResourceDescription {
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly mimeType?: string;
  readonly annotations?: ContentAnnotations;
  /** Milliseconds for which a client may keep what it read; 0 where this is absent. */
  readonly ttlMs?: number;
}

/** Something at a fixed URI that a client can read. */
export interface Resource extends ResourceDescription {
  readonly uri: string;
  /** Bytes, if known. */
  readonly size?: number;
}

/** A family of resources whose URIs follow a template (RFC 6570). */
export interface ResourceTemplate extends ResourceDescription {
  readonly uriTemplate: string;
}
