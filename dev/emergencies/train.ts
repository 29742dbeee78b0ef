/**
 * `node dev/emergencies/train.ts`: learns from the sentences of tests/fixtures/emergencies/ what emergencies sound like (logistic regression by
 * stochastic gradient, one fixed order of everything, so that the same sentences give the same file) and writes
 * workers/telephony/emergencies/weights.ts. `unseen.json` and `exam.json` judge and
 * are not taught.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { features, PLACES } from '../../workers/telephony/emergencies/learned.ts';
import { root } from '../check/files.ts';

const FOLDER = path.join(root, 'tests', 'fixtures', 'emergencies');
const FILE = path.join(root, 'workers', 'telephony', 'emergencies', 'weights.ts');
const ROUNDS = 30;
/** Step of the first round, and how fast steps grow smaller. */
const RATE = 4;
const DECAY = 0.3;
/** Pulls weights towards nothing: what was seen once decides little. */
const SHRINK = 1e-6;
const BIAS_RATE = 0.1;
const SEED = 7;
const INTRODUCTIONS = 3_000;

export interface Sentence {
  text: string;
  language: 'de' | 'en';
  region: string;
  expected: 'emergency' | 'harmless';
  class: string;
}

export const sentences = (name: string): Sentence[] =>
  JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')) as Sentence[];

/**
 * The sets that may be learned from. `notes`: names, services and short notes as a model passes them on; `pairs`: cries of a few words, and
 * sentences beside their denial; `red-flags`: what trades listen for.
 */
export const TAUGHT: readonly string[] = [
  'seen',
  'notes',
  'pairs',
  'red-flags',
  ...Array.from({ length: 11 }, (_, i) => `practice-${i + 1}`),
];

/** These judge. A lesson that says the same, word for word, is left out. */
export const JUDGING: readonly string[] = ['unseen', 'exam'];

type Lesson = Pick<Sentence, 'text' | 'expected'>;

/**
 * Everything that is taught: the sets, and as harmless every phrase of day and hour that the
 * reader of spoken time is tested by, and people saying who they are.
 */
export function lessons(): Lesson[] {
  const { phrases } = JSON.parse(
    readFileSync(path.join(root, 'tests', 'fixtures', 'spoken-time-variants.json'), 'utf8'),
  ) as { phrases: { say: string }[] };
  const judging = new Set(JUDGING.flatMap(sentences).map(({ text }) => plain(text)));
  return [
    ...TAUGHT.flatMap(sentences),
    ...[...phrases.map(({ say }) => say), ...introductions('taught', INTRODUCTIONS)].map(
      (text): Lesson => ({ text, expected: 'harmless' }),
    ),
  ].filter(({ text }) => !judging.has(plain(text)));
}

/** People saying who they are. Every second name is taught, the others judge. */
export function introductions(part: 'taught' | 'judging', count: number): string[] {
  const names = JSON.parse(readFileSync(path.join(FOLDER, 'names.json'), 'utf8')) as Record<
    'first' | 'last' | 'frames',
    string[]
  >;
  const half = (all: string[]) => all.filter((_, i) => (i % 2 === 0) === (part === 'taught'));
  const [first, last] = [half(names.first), half(names.last)];
  const random = randomOf(SEED);
  const one = (all: string[]): string => all[Math.floor(random() * all.length)] ?? '';
  return Array.from({ length: count }, (_, i) =>
    (names.frames[i % names.frames.length] ?? '').replace('{f}', one(first)).replace('{l}', one(last)),
  );
}

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

export const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Weights of all places, and the bias. */
export function train(rows: readonly Lesson[]): Float64Array {
  const known = rows.map(({ text, expected }) => ({ ...features(text), wanted: expected === 'emergency' ? 1 : 0 }));
  const weights = new Float64Array(PLACES + 1);
  const order = known.map((_, i) => i);
  const random = randomOf(SEED);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    const rate = RATE / (1 + round * DECAY);
    for (const i of order) {
      const row = known[i];
      if (!row) continue;
      let sum = weights[PLACES] as number;
      row.at.forEach((at, n) => {
        sum += (weights[at] as number) * (row.value[n] as number);
      });
      const error = 1 / (1 + Math.exp(-sum)) - row.wanted;
      weights[PLACES] = (weights[PLACES] as number) - rate * BIAS_RATE * error;
      row.at.forEach((at, n) => {
        const weight = weights[at] as number;
        weights[at] = weight - rate * (error * (row.value[n] as number) + SHRINK * weight);
      });
    }
  }
  return weights;
}

/** One signed byte a place. */
export function written(weights: Float64Array): string {
  const step = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / step));
  return `/** Written by \`node dev/emergencies/train.ts\`: one signed byte a place, the last one is the bias. Read by learned.ts. */
export const WEIGHT_STEP = ${step.toPrecision(6)};
export const WEIGHTS =
  '${Buffer.from(bytes.buffer).toString('base64')}';
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = lessons();
  writeFileSync(FILE, written(train(rows)));
  console.log(`${rows.length} sentences`);
}
