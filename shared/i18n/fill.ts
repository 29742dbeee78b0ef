/** Puts values into a catalogue text with `{{placeholders}}`. Called by messages and server-rendered pages. */
import { visibleLine } from '../visible-text.ts';

export type Values = Readonly<Record<string, string>>;

/**
 * Each value becomes one visible line: no name makes a paragraph of its own. A placeholder without a value is a defect (tests fill every
 * text). @param key names the text in the defect @param blocks catalogue texts of ours, put in as they are
 */
export const fillText = (text: string, values: Values, key: string, blocks: Values = {}): string =>
  text.replace(/\{\{([a-z_]+)\}\}/g, (_, name: string) => {
    const block = blocks[name];
    if (block !== undefined) return block;
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {{${name}}} in ${key}`);
    return visibleLine(value);
  });
