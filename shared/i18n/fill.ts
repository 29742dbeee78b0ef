/** Puts values into a catalogue text with `{{placeholders}}`. Called by messages and server-rendered pages. */
export type Values = Readonly<Record<string, string>>;

/** A placeholder without a value is a defect (tests fill every text). @param key names the text in the defect */
export const fillText = (text: string, values: Values, key: string): string =>
  text.replace(/\{\{([a-z_]+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {{${name}}} in ${key}`);
    return value;
  });
