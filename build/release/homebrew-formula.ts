/** Values for the gaps of the template, by their names. */
export type Values = Readonly<Record<string, string>>;

/** The template with each `{{name}}` replaced. Throws when there is no value for one, or one for no gap. */
export function homebrewFormula(template: string, values: Values): string {
  const unused = Object.keys(values).filter((name) => !template.includes(`{{${name}}}`));
  if (unused.length > 0)
    throw new Error(`Expected a gap for each value, got none for "${unused.join('", "')}"`);
  return template.replace(/\{\{([^}]*)\}\}/g, (_gap, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Expected a value for "${name}" of the formula, got none`);
    return value;
  });
}
