/** Random words around clear phrases never change what is understood: the same reading, or a question. `npm run prove noise` draws more. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from './expected.fixture.ts';
import { CLEAR_PHRASES, draws, readingOf, wordsOf } from './noise.fixture.ts';
import { reference } from './reference-branch.fixture.ts';
import { understand } from './understand.ts';

const FILE = path.join(import.meta.dirname, '../../tests/fixtures/spoken-time/words.txt');
const words = wordsOf(readFileSync(FILE, 'utf8'));
const DRAWS = 1_500;
const SEED = 20_261_122;

describe('words around a clear phrase', () => {
  it('are 5,000, no two alike', () => {
    const all = [...words.de, ...words.en].map((word) => word.toLowerCase());
    expect(all).toHaveLength(5_000);
    expect(new Set(all).size).toBe(5_000);
  });
  it.each(CLEAR_PHRASES.map((phrase) => [phrase.say, phrase] as const))('without them: %s', (say, phrase) => {
    expect(judge(understand({ when: say }, reference({ language: phrase.language })), phrase)).toBe('right');
  });
  it('never make another reading of it', () => {
    const changed = [...draws(DRAWS, SEED, words)].flatMap(({ say, read, plain, outcome }) =>
      outcome === 'wrong' ? [`${say}: ${readingOf(read)} instead of ${readingOf(plain)}`] : [],
    );
    expect(changed).toEqual([]);
  });
});
