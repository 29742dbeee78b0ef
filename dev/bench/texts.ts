/** Hard lines of the readers of texts: a phrase said on the phone, and a number as long as nobody has one. Called by bench.ts. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readPhone } from '../../shared/phone.ts';
import { reference } from '../../shared/spoken-time/reference-branch.ts';
import { understand } from '../../shared/spoken-time/understand.ts';
import { root } from '../check/files.ts';

const WARM_UP = 3;
const ROUNDS = 10;
const PHRASE_LIMIT_MS = 1;
const MEGABYTE_LIMIT_MS = 50;

export interface TextMeasure {
  name: string;
  p50Ms: number;
  limitMs: number;
  ok: boolean;
}

const measured = (name: string, p50Ms: number, limitMs: number): TextMeasure => ({
  name,
  p50Ms,
  limitMs,
  ok: p50Ms < limitMs,
});

/** Mean over all phrases of the fixture. */
function phrase(): TextMeasure {
  const file = path.join(root, 'tests', 'fixtures', 'german-time-and-phone.json');
  const { time } = JSON.parse(readFileSync(file, 'utf8')) as { time: { spoken?: string; say: string }[] };
  const phrases = time.map(({ spoken, say }) => spoken || say);
  const context = reference();
  for (let i = 0; i < WARM_UP; i++) for (const when of phrases) understand({ when }, context);
  const started = performance.now();
  for (let i = 0; i < ROUNDS; i++) for (const when of phrases) understand({ when }, context);
  return measured('a spoken day and time', (performance.now() - started) / (ROUNDS * phrases.length), PHRASE_LIMIT_MS);
}

function megabyte(): TextMeasure {
  const started = performance.now();
  if (readPhone('1'.repeat(1_000_000), { country: 'DE' }).action !== 'ask') throw new Error('a megabyte is no number');
  return measured('a phone number of a megabyte', performance.now() - started, MEGABYTE_LIMIT_MS);
}

export const textMeasures = (): TextMeasure[] => [phrase(), megabyte()];
