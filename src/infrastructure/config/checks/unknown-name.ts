import type { ConfigurationProblem } from '../../../application/ports/configuration-source.ts';
import { nearestName } from '../../../domain/shared/nearest-name.ts';
import { allSections, allSettings } from '../schema/settings.ts';
import type { SourcePlace } from '../sources/given-setting.ts';
import { UNUSED_SECTIONS } from '../sources/older-names.ts';
import { describeValue, problemAt, shownKey } from './problems.ts';

/** A name that means nothing where it stands in the file, with the one that was probably meant. */
export function unknownName(
  place: SourcePlace,
  name: string,
  section: string | undefined,
): ConfigurationProblem {
  const key = section === undefined ? name : `${section}.${name}`;
  const message = `Unknown ${section === undefined ? 'section' : 'key'} ${describeValue(key)}`;
  const suggestion = section === undefined ? suggestSection(name) : suggestKey(section, name);
  return problemAt(place, { ...keyOf(section, name), message, ...(suggestion && { suggestion }) });
}

/** `server.name: x`, where `server:` with `name: x` below it is meant. */
export function dottedName(
  place: SourcePlace,
  name: string,
  section: string | undefined,
): ConfigurationProblem {
  const key = section === undefined ? name : `${section}.${name}`;
  const message = `Expected a section with its keys below it, got the name ${describeValue(key)} with dots`;
  return problemAt(place, { ...keyOf(section, name), message });
}

function keyOf(section: string | undefined, name: string): { readonly key?: string } {
  const key = shownKey(section, name);
  return key === undefined ? {} : { key };
}

function suggestSection(name: string): string | undefined {
  const outermost = [...allSections()].filter((section) => !section.includes('.'));
  return nearestName(name, [...outermost, ...UNUSED_SECTIONS]);
}

/** The nearest key or section in the section, else the same name in another section. */
function suggestKey(section: string, name: string): string | undefined {
  const prefix = `${section}.`;
  const siblings = [...allSettings().map(({ key }) => key), ...allSections()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .filter((rest) => !rest.includes('.'));
  const nearest = nearestName(name, siblings);
  if (nearest !== undefined) return `${prefix}${nearest}`;
  return allSettings().find(({ path }) => path.at(-1) === name)?.key;
}
