/** Ways to write what is sought that an expression reads as the characters themselves, and what to know of each. */
const FOREIGN: readonly { readonly form: RegExp; readonly instead: string }[] = [
  { form: /\\\|/, instead: '"\\|" is the character "|"; alternatives are written a|b' },
  {
    form: /^\/.+\/[dgimsuvy]*$/s,
    instead: 'the slashes count as part of what is looked for; case is ignored with "(?i)" in front',
  },
  {
    form: /\\\{\d+(?:,\d*)?\\\}|[^\\]\\\+/,
    instead: '"\\" takes the next character as it is; repetitions are written a+, a{2,3}',
  },
  { form: /\\r$/, instead: 'lines are searched without their ends: leave "\\r" out' },
  { form: /^(["'`]).*\1$/s, instead: 'the quotes count as part of what is looked for' },
];

/** The reason why an expression that found nothing was most likely meant otherwise; undefined if nothing speaks for that. */
export function foreignExpression(content: string): string | undefined {
  const found = FOREIGN.find(({ form }) => form.test(content));
  return found && `Of "content": ${found.instead}`;
}
