/** Tells whether an `Accept` header (RFC 9110, 12.5.1) lists all of these media types; without one, everything is accepted. */
export function accepts(header: string | undefined, ...types: readonly string[]): boolean {
  if (header === undefined) return true;
  const listed = header.split(',').map((range) => range.split(';', 1)[0]?.trim().toLowerCase());
  return types.every((type) => {
    const group = `${type.split('/', 1)[0]}/*`;
    return listed.some((range) => range === type || range === group || range === '*/*');
  });
}
