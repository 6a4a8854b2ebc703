/** The guides that the executable carries, in the order in which a user meets them. */
export const guides = {
  clients: 'Entries for each client, and what it does with this server',
  network: 'Serving a team: HTTP, keys, tokens, proxies',
  configuration: 'Every setting, with its default and its variable',
  security: 'What the tools may touch, and what stops them',
  telemetry: 'Traces and logs, to TelemetryFlow or any collector',
  moving: 'Moving from the Python or Go server',
  troubleshooting: 'What goes wrong, and what to do',
} as const;

export type GuideName = keyof typeof guides;

export const guideNames = Object.keys(guides) as readonly GuideName[];

export function isGuideName(name: string): name is GuideName {
  return Object.hasOwn(guides, name);
}
