import { supportedVersions } from '../../protocol/revisions.ts';
import {
  encodePrompt,
  encodeResource,
  encodeResourceTemplate,
  encodeTool,
} from '../../protocol/wire/encode-surface.ts';
import { alignColumns } from '../align-columns.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { ReportInvocation } from '../invocation.ts';
import { jsonShape } from '../json-shape.ts';
import { printJson } from '../print-json.ts';
import { tellNotices } from '../report-configuration.ts';
import { requirePrepared } from '../require-prepared.ts';
import type { BuildFacts, CliServices } from '../services.ts';
import type { Paint, Terminal } from '../terminal.ts';
import { argumentUsage } from '../tool-arguments.ts';
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
  else terminal.print(describeInfo(services.build, prepared.server.name, surface, terminal.paint));
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

function describeInfo(build: BuildFacts, name: string, surface: WholeSurface, paint: Paint): string {
  const facts = [
    ['Name', name],
    ['Version', `${build.version} (commit ${build.commit})`],
    ['Runtime', build.runtime],
    ['Platform', build.platform],
    ['Protocol', supportedVersions.join(', ')],
  ];
  const tools = surface.tools.map((tool) => [
    `${tool.name} ${argumentUsage(tool)}`.trimEnd(),
    tool.description,
  ]);
  const resources = [
    ...surface.resources.map(({ uri, description }) => [uri, description]),
    ...surface.resourceTemplates.map(({ uriTemplate, description }) => [uriTemplate, description]),
  ];
  const prompts = surface.prompts.map((prompt) => [prompt.name, prompt.description]);
  return [
    ...alignColumns(facts),
    ...section('Tools', tools, paint),
    ...section('Resources', resources, paint),
    ...section('Prompts', prompts, paint),
  ].join('\n');
}

function section(heading: string, rows: readonly (readonly string[])[], paint: Paint): readonly string[] {
  const lines = rows.length === 0 ? ['none'] : alignColumns(rows);
  return ['', paint('bold', `${heading}:`), ...lines.map((line) => `  ${line}`)];
}
