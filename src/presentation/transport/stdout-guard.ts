/**
 * stdout belongs to the protocol. Imported before anything else: what a library prints with console goes to stderr, so that a
 * stray line can't break a client. The transport closes the last way, `process.stdout.write`, when it takes stdout over.
 */
// biome-ignore lint/suspicious/noConsole: this is where console is led away from stdout
const toStderr = (...args: unknown[]) => console.error(...args);

console.log = toStderr;
console.info = toStderr;
console.debug = toStderr;
console.dir = toStderr;
console.dirxml = toStderr;
console.table = toStderr;

type Write = typeof process.stdout.write;

/** Takes stdout over: from here on only the returned function writes to it, and all others write to stderr. */
export function claimStdout(): Write {
  const write: Write = process.stdout.write.bind(process.stdout);
  process.stdout.write = ((...args: Parameters<Write>) => process.stderr.write(...args)) as Write;
  return write;
}
