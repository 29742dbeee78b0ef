/**
 * Words whose meaning takes many rules to find are looked up once: callers use few words often. Called where a rule is applied to each
 * word of a sentence (dialect.ts, misheard.ts). Bounded, so that made-up words fill nothing.
 */

import { BoundedMap } from '../../bounded-map.ts';

/** So many words; then it begins again. */
const MOST_WORDS = 4096;
/** Longer ones are not kept. */
const LONGEST = 32;

/** The same function of a word, which must depend on nothing else; what was found is kept for the life of the isolate. */
export function remembered<T>(find: (word: string) => T): (word: string) => T {
  const known = new BoundedMap<string, T>(MOST_WORDS);
  return (word) => {
    if (word.length > LONGEST) return find(word);
    const before = known.get(word);
    if (before !== undefined || known.has(word)) return before as T;
    const found = find(word);
    known.set(word, found);
    return found;
  };
}
