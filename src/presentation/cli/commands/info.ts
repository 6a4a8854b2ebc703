import { supportedVersions } from '../../protocol/revisions.ts';
import {
  encodePrompt,
  encodeResource,
  encodeResourceTemplate,
  encodeTool,
} from '../../protocol/wire/encode-surface.ts';
import type { ReportInvocation } from '../command-line/invocation.ts';
import { type ExitCode, exitCodes } from '../failures/exit-codes.ts';
import { tellNotices } from '../failures/messages.ts';
import { requirePrepared } from '../failures/require-prepared.ts';
import type { BuildFacts, CliServices } from '../services.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { jsonShape, printJson } from '../terminal/json-output.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import { argumentUsage, type NamedArgument, toolArguments } from '../tool-arguments.ts';
import { type WholeSurface, wholeSurface } from '../whole-surface.ts';

/** Shows what this server is and offers. @throws InvalidConfiguration */
export async function info(
  { request, json }: ReportInvocation,
  services: CliServices,
  terminal: Terminal,
): Promise<ExitCode> {
  const prepared = await requirePrepared(request, services);
  const surface = await wholeSurface(prepared.application);
  tellNotices(prepared.notices, terminal);
  if (json) printJson(encodeInfo(services.build, prepared.server.name, surface), terminal);
  else terminal.print(describeInfo(services.build, prepared.server.name, surface, terminal));
  await prepared.finish();
  return exitCodes.done;
}

function encodeInfo(build: BuildFacts, name: string, surface: WholeSurface) {
  return {
    name,
    ...build,
    protocolVersions: supportedVersions,
    tools: surface.tools.map((tool) => encodeTool(tool, jsonShape)),
    resources: surface.resources.map((resource) => encodeResource(resource, jsonShape)),
    resourceTemplates: surface.resourceTemplates.map((template) =>
      encodeResourceTemplate(template, jsonShape),
    ),
    prompts: surface.prompts.map((prompt) => encodePrompt(prompt, jsonShape)),
  };
}

type Page = Pick<Terminal, 'columns' | 'paint'>;

function describeInfo(build: BuildFacts, name: string, surface: WholeSurface, page: Page): string {
  const facts = [
    ['Name', name],
    ['Version', `${build.version} (commit ${build.commit})`],
    ['Runtime', build.runtime],
    ['Platform', build.platform],
    ['Protocol', supportedVersions.join(', ')],
  ];
  const tools = surface.tools.map((tool) => [tool.name, toolArguments(tool), tool.description] as const);
  const resources = [
    ...surface.resources.map(({ uri, description }) => [uri, description] as const),
    ...surface.resourceTemplates.map(({ uriTemplate, description }) => [uriTemplate, description] as const),
  ];
  const prompts = surface.prompts.map(
    (prompt) => [prompt.name, prompt.arguments, prompt.description] as const,
  );
  return [
    ...alignColumns(facts).flatMap((line) => wrapText(line, page.columns, ' '.repeat(FACTS_INDENT))),
    ...section('Tools', tools.map(describeUse), page),
    ...section('Resources', resources, page),
    ...section('Prompts', prompts.map(describeUse), page),
  ].join('\n');
}

/** The columns that the names of the facts take. */
const FACTS_INDENT = 10;

/** A line to type, and its effect on another: with many arguments it is long. */
type Described = readonly [typed: string, does: string];

function describeUse([name, args, description]: readonly [
  string,
  readonly NamedArgument[],
  string,
]): Described {
  return [`${name} ${argumentUsage(args)}`.trimEnd(), description];
}

function section(
  heading: string,
  described: readonly Described[],
  { columns, paint }: Page,
): readonly string[] {
  const lines = described.flatMap(([typed, does]) => [
    ...wrapText(`  ${typed}`, columns, '    '),
    ...wrapText(`      ${does}`, columns, '      '),
  ]);
  return ['', paint('bold', `${heading}:`), ...(lines.length === 0 ? ['  none'] : lines)];
}
