import {
  type Features,
  modernRevision,
  negotiateLegacy,
} from '../../../../src/presentation/protocol/revisions.ts';

export const legacyVersions = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const;
export const modernVersion = '2026-07-28';

export const versions = [...legacyVersions, modernVersion] as const;
export type Version = (typeof versions)[number];

/** The features of the revision of this name. */
export function featuresOf(version: Version): Features {
  return modernRevision(version) ?? negotiateLegacy(version);
}

/** True if a revision is that one or a later one. */
export const since = (first: Version, version: Version) => version >= first;
