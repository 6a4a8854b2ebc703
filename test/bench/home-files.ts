/** Files that peers find in the home directory: nothing measured here may depend on, or report to, anything outside. */
export const homeFiles: Readonly<Record<string, string>> = {
  '.claude-server-commander/config.json': JSON.stringify({
    telemetryEnabled: false,
    allowedDirectories: [],
    blockedCommands: [],
  }),
  '.kube/config': JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'none', cluster: { server: 'http://127.0.0.1:1' } }],
    contexts: [{ name: 'none', context: { cluster: 'none', user: 'none' } }],
    users: [{ name: 'none', user: {} }],
    'current-context': 'none',
  }),
};
