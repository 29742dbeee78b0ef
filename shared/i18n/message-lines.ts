/** Pure: says a compiled message to people outside: names and texts of others stand in it. Called by messages and server-rendered pages. */
import { visibleLine } from '../visible-text.ts';
import { type Catalogue, sayMessage, type ValuesOf } from './message.ts';

/** The sentence of a key; each value becomes one visible line, so that no name makes a paragraph of its own. */
export function sayInLines<C extends Catalogue, K extends keyof C & string>(
  catalogue: C,
  key: K,
  ...values: ValuesOf<C[K]>
): string {
  const [given] = values as readonly Readonly<Record<string, string | number>>[];
  if (given === undefined) return sayMessage(catalogue, key, ...values);
  const lines = Object.entries(given).map(([name, value]) => [
    name,
    typeof value === 'string' ? visibleLine(value) : value,
  ]);
  return sayMessage(catalogue, key, ...([Object.fromEntries(lines)] as never as ValuesOf<C[K]>));
}
