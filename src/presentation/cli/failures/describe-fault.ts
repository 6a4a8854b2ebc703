const LONGEST = 300;

/** A fault of the program for its user, in one line: what it was, and how to find out more. @param id under which it is logged */
export function describeFault(error: unknown, id?: string): string {
  const more =
    id === undefined ? 'run it again with --debug to see where, and report that' : `the log has it as ${id}`;
  return `tfo-mcp failed unexpectedly with "${nameFault(error)}"; ${more}`;
}

/** Names a thrown value in one line. Anything can be thrown. */
export function nameFault(error: unknown): string {
  if (error instanceof Error) return firstLine(`${error.name}: ${error.message}`);
  return typeof error === 'object' && error !== null ? 'a thrown object' : firstLine(String(error));
}

const firstLine = (text: string) => (text.split(/[\r\n]/, 1)[0] ?? '').slice(0, LONGEST);

/** The place of a fault, for whoever mends it: no line of the source, which in the executable is all of it. */
export function placeOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
