/**
 * `npm run prove noise [draws]`: random words around clear phrases (shared/spoken-time/noise.fixture.ts) must not change what is understood.
 * Prints every sentence that was taken for something else; `SEED` draws others.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { draws, readingOf, wordsOf } from '../../shared/spoken-time/noise.fixture.ts';
import { root } from '../check/files.ts';

const FIRST_SEED = 20_261_122;
const MOST_ASKED = 0.05;
const MOST_PRINTED = 100;

/** @throws when a draw was read as something else, or more than one in twenty was asked about */
export function noise(count: number): { seed: string; counts: string } {
  const seed = Number(process.env.SEED ?? FIRST_SEED);
  const words = wordsOf(readFileSync(path.join(root, 'tests', 'fixtures', 'spoken-time', 'words.txt'), 'utf8'));
  const counted = { right: 0, asked: 0, wrong: 0 };
  const started = performance.now();
  for (const { say, read, plain, outcome } of draws(count, seed, words)) {
    counted[outcome]++;
    const isPrinted = outcome === 'wrong' ? counted.wrong <= MOST_PRINTED : process.env.NOISE === outcome;
    if (isPrinted)
      console.log(`${outcome}: ${say}\n  read ${readingOf(read)} ${read.because ?? ''}\n  not  ${readingOf(plain)}`);
  }
  const perDraw = ((performance.now() - started) / count).toFixed(3);
  const share = `${((counted.asked / count) * 100).toFixed(1)} %`;
  const counts = `${count} draws: ${counted.right} right, ${counted.asked} asked (${share}), ${counted.wrong} wrong, ${perDraw} ms each`;
  if (counted.wrong > 0 || counted.asked > count * MOST_ASKED) throw new Error(`seed ${seed}, ${counts}`);
  return { seed: String(seed), counts };
}
