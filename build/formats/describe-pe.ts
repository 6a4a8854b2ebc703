import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

/** The words under which Windows shows a program: in Explorer's properties, in the Task Manager and when it asks for permission. */
export interface Description {
  readonly product: string;
  readonly title: string;
  readonly company: string;
  readonly copyright: string;
  /** As package.json has it. */
  readonly version: string;
  readonly fileName: string;
}

/** Pictures, and the groups of them that are one icon in several sizes. */
const ICONS: readonly unknown[] = [3, 14];

const ENGLISH = { lang: 1033, codepage: 1200 };

/**
 * A Windows executable that is described as ours, and has no icon, where it was another's before. The rest of its resources stay. The same input gives the same bytes. The file must have no signature.
 */
export function describePe(file: Buffer, description: Description): Buffer {
  const executable = NtExecutable.from(file);
  const resources = NtExecutableResource.from(executable);
  const isKept = ({ type }: { readonly type: string | number }) => type !== VERSION && !ICONS.includes(type);
  resources.entries = resources.entries.filter(isKept);
  versionOf(description).outputToResourceEntries(resources.entries);
  // Shrunk, where it is less: in what seems longer than its memory, the injection would look for the section behind it.
  resources.outputResource(executable, false, true);
  return Buffer.from(executable.generate());
}

const VERSION = 16;

function versionOf({ product, title, company, copyright, version, fileName }: Description) {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/, 3).map(Number);
  const [high, low] = [major * 0x10000 + minor, patch * 0x10000];
  const fixedInfo = {
    fileVersionMS: high,
    fileVersionLS: low,
    productVersionMS: high,
    productVersionLS: low,
    fileFlagsMask: Resource.VersionFileFlags.Debug | Resource.VersionFileFlags.Prerelease,
    fileFlags: version.includes('-') ? Resource.VersionFileFlags.Prerelease : 0,
    fileOS: Resource.VersionFileOS.NT_Windows32,
    fileType: Resource.VersionFileType.App,
  };
  const values = {
    CompanyName: company,
    FileDescription: title,
    FileVersion: version,
    InternalName: fileName.replace(/\.exe$/, ''),
    LegalCopyright: copyright,
    OriginalFilename: fileName,
    ProductName: product,
    ProductVersion: version,
  };
  return Resource.VersionInfo.create(ENGLISH.lang, fixedInfo, [{ ...ENGLISH, values }]);
}
