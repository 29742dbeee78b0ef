/**
 * Measures the readers of what callers say: a phrase of day and time (hard line 1 ms), a megabyte as a telephone number (50 ms), and how many
 * times as long a sentence of 300 characters takes as a plain phrase (5). Run alone with `node dev/bench/reading.ts`, or through `npm run bench`.
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

interface ReadingMeasure {
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

interface Phrase {
  say: string;
  language: 'de' | 'en';
}
const fixture = (name: string): string => readFileSync(path.join(root, 'tests/fixtures', name), 'utf8');
const context = {
  now: asInstant(Date.UTC(2026, 10, 20, 9)),
  zone: 'Europe/Berlin',
  openOn: (date: string) => (weekdayOf(date) >= 2 ? [{ from: 540, to: 1080 }] : []),
};

/** The longest a caller's sentence may be before it counts as a monologue; more is not read at all. */
const LONGEST = 300;
const LONG_SENTENCES = 20;
const PLAIN_PHRASE = 'Dienstag um drei';
const RATIO_LIMIT = 5;
/** Any step that shares no divisor with the number of words walks through all of them. */
const WORD_STEP = 37;

/** The longest of the hard sentences, filled up to 300 characters with words that mean no time. */
function longSentences(): string[] {
  const rows = JSON.parse(fixture('spoken-time/hard-seen.json')) as Phrase[];
  const [, german = ''] = fixture('spoken-time/words.txt').split(/^# \w+$/m);
  const words = german.trim().split('\n');
  let at = 0;
  return rows
    .filter(({ language }) => language === 'de')
    .sort((a, b) => b.say.length - a.say.length)
    .slice(0, LONG_SENTENCES)
    .map(({ say }) => {
      let text = say;
      for (;;) {
        at = (at + WORD_STEP) % words.length;
        const longer = `${text} ${words[at]}`;
        if (longer.length > LONGEST) return text;
        text = longer;
      }
    });
}

/** Median over rounds in which both are read in turn, so that a slow minute of the machine weighs on both. */
export function readingRatio(): { name: string; ratio: number; limit: number } {
  const long = longSentences();
  const plain = long.map(() => PLAIN_PHRASE);
  const timeOf = (sentences: readonly string[]): number => {
    const start = performance.now();
    for (let i = 0; i < 10; i++) for (const when of sentences) understand({ when }, { ...context, language: 'de' });
    return performance.now() - start;
  };
  const ratios = Array.from({ length: WARM_UP + ROUNDS }, () => timeOf(long) / timeOf(plain)).slice(WARM_UP);
  const ratio = quantile(
    ratios.sort((a, b) => a - b),
    0.5,
  );
  const name = `a sentence of ${LONGEST} characters : „${PLAIN_PHRASE}“`;
  return { name, ratio, limit: RATIO_LIMIT };
}

export function readingMeasures(): ReadingMeasure[] {
  const { phrases } = JSON.parse(fixture('spoken-time-variants.json')) as { phrases: Phrase[] };
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, p50Ms, limitMs } of readingMeasures())
    console.log(`${name}: ${p50Ms.toFixed(3)} ms (≤ ${limitMs})`);
  const { name, ratio, limit } = readingRatio();
  console.log(`${name}: ${ratio.toFixed(1)} × (≤ ${limit} ×)`);
}
