/**
 * Measures the readers of what callers say: a phrase of day and time (hard line 1 ms), a megabyte as a telephone number (50 ms). Run alone
 * with `node dev/bench/reading.ts`, or through `npm run bench`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPhone } from '../../shared/phone.ts';
import { understand } from '../../shared/spoken-time/index.ts';
import { asInstant } from '../../shared/clock.ts';
import { weekdayOf } from '../../shared/time.ts';
import { quantile } from './load.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const ROUNDS = 30;
const WARM_UP = 5;

export interface ReadingMeasure {
  name: string;
  p50Ms: number;
  limitMs: number;
  ok: boolean;
}

/** Median time of one item of work, measured warm. */
function measureReading(name: string, limitMs: number, items: number, work: () => void): ReadingMeasure {
  for (let i = 0; i < WARM_UP; i++) work();
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / items;
  });
  const p50Ms = quantile(
    times.sort((a, b) => a - b),
    0.5,
  );
  return { name, p50Ms, limitMs, ok: p50Ms < limitMs };
}

export function readingMeasures(): ReadingMeasure[] {
  const file = path.join(root, 'tests/fixtures/spoken-time-variants.json');
  const { phrases } = JSON.parse(readFileSync(file, 'utf8')) as { phrases: { say: string; language: 'de' | 'en' }[] };
  const context = {
    now: asInstant(Date.UTC(2026, 10, 20, 9)),
    zone: 'Europe/Berlin',
    openOn: (date: string) => (weekdayOf(date) >= 2 ? [{ from: 540, to: 1080 }] : []),
  };
  const megabyte = '1'.repeat(1_000_000);
  return [
    measureReading('a phrase of day and time read', 1, phrases.length, () => {
      for (const { say, language } of phrases) understand({ when: say }, { ...context, language });
    }),
    measureReading('a megabyte as a telephone number refused', 50, 1, () => {
      readPhone(megabyte, { country: 'DE' });
    }),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const { name, p50Ms, limitMs } of readingMeasures())
    console.log(`${name}: ${p50Ms.toFixed(3)} ms (≤ ${limitMs})`);
