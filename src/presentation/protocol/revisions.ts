/** The features of a revision. Those that it lacks are left out of the frames, or put in another shape. */
export interface Features {
  readonly version: string;
  readonly era: 'legacy' | 'modern';
  /** JSON-RPC arrays. */
  readonly batches: boolean;
  /** `annotations` of tools, audio content, `message` of progress, the `completions` capability. */
  readonly annotations: boolean;
  readonly audio: boolean;
  readonly progressMessage: boolean;
  readonly completionsCapability: boolean;
  /** `title` of tools, resources, prompts, arguments and implementations. */
  readonly titles: boolean;
  /** `outputSchema` and `structuredContent`. */
  readonly structuredContent: boolean;
  readonly resourceLinks: boolean;
  /** `_meta` of tools, resources, prompts and contents. */
  readonly itemMeta: boolean;
  /** `lastModified` of content annotations. */
  readonly lastModified: boolean;
  readonly elicitation: boolean;
  readonly urlElicitation: boolean;
  /** `description` and `websiteUrl` of implementations. */
  readonly implementationDescription: boolean;
  /** Event streams begin with an id to come back with (SEP-1699): clients before it choke on an event without data. */
  readonly resumesStreams: boolean;
}

const base: Features = {
  version: '2024-11-05',
  era: 'legacy',
  batches: true,
  annotations: false,
  audio: false,
  progressMessage: false,
  completionsCapability: false,
  titles: false,
  structuredContent: false,
  resourceLinks: false,
  itemMeta: false,
  lastModified: false,
  elicitation: false,
  urlElicitation: false,
  implementationDescription: false,
  resumesStreams: false,
};

const march2025: Features = {
  ...base,
  version: '2025-03-26',
  annotations: true,
  audio: true,
  progressMessage: true,
  completionsCapability: true,
};

const june2025: Features = {
  ...march2025,
  version: '2025-06-18',
  batches: false,
  titles: true,
  structuredContent: true,
  resourceLinks: true,
  itemMeta: true,
  lastModified: true,
  elicitation: true,
};

const november2025: Features = {
  ...june2025,
  version: '2025-11-25',
  urlElicitation: true,
  implementationDescription: true,
  resumesStreams: true,
};

const july2026: Features = { ...november2025, version: '2026-07-28', era: 'modern' };

/** Every revision this server speaks, newest first. */
const revisions: readonly Features[] = [july2026, november2025, june2025, march2025, base];

export const supportedVersions: readonly string[] = revisions.map(({ version }) => version);

const byVersion = new Map(revisions.map((features) => [features.version, features]));

/** The modern revision of this name, if it is one that is served. */
export function modernRevision(version: string): Features | undefined {
  const features = byVersion.get(version);
  return features?.era === 'modern' ? features : undefined;
}

/** The revision that `initialize` agrees on: the one asked for, or else the newest that has `initialize`. */
export function negotiateLegacy(requested: string): Features {
  const features = byVersion.get(requested);
  return features?.era === 'legacy' ? features : november2025;
}
