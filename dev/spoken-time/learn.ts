/**
 * `npm run learn`: finds the weights of the second look (shared/spoken-time/second-look/) in the sentences that may be read, and writes them.
 * First it tells by cross-validation what they would do: each set is judged by weights that were learned without it, which is nearer to what unseen
 * sentences meet than a part of every set (a writer repeats himself). The halves that nobody reads are not used. The same sentences give the
 * same weights.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { judge, type PhraseRow } from '../../shared/spoken-time/expected.fixture.ts';
import { readItems } from '../../shared/spoken-time/grammar/read-items.ts';
import { readText } from '../../shared/spoken-time/read-text.ts';
import type { Understood } from '../../shared/spoken-time/reading.ts';
import { reference } from '../../shared/spoken-time/reference-branch.fixture.ts';
import { frameOf } from '../../shared/spoken-time/resolve/frame.ts';
import { type Judged, judgeView, type View, viewOf } from '../../shared/spoken-time/second-look/candidates.ts';
import { meaningOf } from '../../shared/spoken-time/second-look/features.ts';
import {
  type Feature,
  pack,
  placeOf,
  PLACES,
  scorer,
  type Learned,
} from '../../shared/spoken-time/second-look/scores.ts';
import {
  type Bounds,
  BOUNDS,
  isTakeable,
  keptFrom,
  sureFrom,
} from '../../shared/spoken-time/second-look/second-look.ts';
import { requestOf } from '../../shared/spoken-time/sentence/request.ts';
import { tokenise } from '../../shared/spoken-time/words/tokenise.ts';
import { root } from '../check/files.ts';

/** The grammar was not made of these. */
const LATE = ['late-seen', 'third-seen', 'fourth-seen', 'fifth-seen'];
const OTHERS = ['hard-seen', 'hard-first', 'more-seen', 'own-seen', 'plain-seen', 'measures-seen', 'measures-first'];
/** A feature that was seen once tells of that sentence only. */
const LEAST_SEEN = 2;

interface Sentence {
  row: PhraseRow;
  set: string;
  isLate: boolean;
  /** as the grammar reads it */
  first: Understood;
  isOpen: boolean;
  view: View | null;
}

const rowsOf = (name: string): PhraseRow[] =>
  JSON.parse(readFileSync(path.join(root, 'tests', 'fixtures', 'spoken-time', `${name}.json`), 'utf8')) as PhraseRow[];

function sentenceOf(row: PhraseRow, set: string): Sentence {
  const frame = frameOf(reference({ language: row.language, learned: undefined }));
  const first = readText(row.say, frame).reading;
  const all = tokenise(row.say);
  const read = readItems(all, row.language, new Set());
  const { items, said, isOpen, isSettled } = requestOf(read, all);
  const view = isSettled ? null : viewOf({ read, all, requested: items, said, isOpen }, first, row.language, frame);
  return { row, set, isLate: LATE.includes(set), first, isOpen, view };
}

/** A view with the places of its features in the table; `isRight` of each candidate. */
interface Example {
  weight: number;
  moments: number[][];
  candidates: { of: readonly number[]; features: number[]; isRight: boolean }[];
  asking: number[];
  /** none of them is right: it must be asked */
  isAsked: boolean;
}

const ROUNDS = 16;
/** The mean of the later rounds is steadier than the last one. */
const AVERAGED_FROM = 6;
const RATE = 0.08;
const SHRINK = 3e-4;
const FIRST_SQUARE = 1e-2;
/** Of what the grammar was made of it reads nearly all: it tells less of sentences that nobody has seen. */
const WEIGHT_OF_OTHERS = 0.5;
/** A smaller slope changes nothing. */
const LEAST_SLOPE = 1e-4;

function examplesOf(sentences: readonly Sentence[]): Example[] {
  const counts = new Map<Feature, number>();
  for (const { view } of sentences)
    for (const feature of new Set(view === null ? [] : everyFeature(view)))
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const placed = (features: readonly Feature[]): number[] =>
    features.filter((feature) => (counts.get(feature) ?? 0) >= LEAST_SEEN).map(placeOf);
  return sentences.flatMap(({ view, row, isLate }): Example[] => {
    if (view === null || view.candidates.length === 0) return [];
    const candidates = view.candidates.map(({ of, features, reading }) => ({
      of,
      features: placed(features),
      isRight: judge(reading, row) === 'right',
    }));
    return [
      {
        weight: isLate ? 1 : WEIGHT_OF_OTHERS,
        moments: view.moments.map(placed),
        candidates,
        asking: placed(view.asking),
        isAsked: !candidates.some(({ isRight }) => isRight),
      },
    ];
  });
}

const everyFeature = ({ moments, candidates, asking }: View): Feature[] => [
  ...moments.flat(),
  ...candidates.flatMap(({ features }) => features),
  ...asking,
];

/** The mean over several orders of the sentences is steadier than one of them. */
const ORDERS = 5;

function learn(sentences: readonly Sentence[]): Learned {
  const mean = new Float64Array(PLACES);
  for (let order = 1; order <= ORDERS; order++)
    for (const [at, weight] of learnOnce(sentences, order * SEED).entries())
      mean[at] = (mean[at] ?? 0) + weight / ORDERS;
  return pack(mean);
}
const SEED = 77;

/** Logistic regression over the candidates of each sentence and its question, by AdaGrad, in an order that `seed` says. */
function learnOnce(sentences: readonly Sentence[], seed: number): Float64Array {
  const examples = examplesOf(sentences);
  const weights = new Float64Array(PLACES);
  const mean = new Float64Array(PLACES);
  const squares = new Float64Array(PLACES).fill(FIRST_SQUARE);
  const sum = (places: readonly number[]): number => places.reduce((total, at) => total + (weights[at] ?? 0), 0);
  const random = randoms(seed);
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(examples, random);
    for (const { weight, moments, candidates, asking, isAsked } of examples) {
      const change = (places: readonly number[], fault: number): void => {
        if (Math.abs(fault) <= LEAST_SLOPE) return;
        for (const at of places) {
          const now = weights[at] ?? 0;
          const slope = weight * fault + SHRINK * now;
          const square = (squares[at] ?? 0) + slope * slope;
          squares[at] = square;
          weights[at] = now - (RATE * slope) / Math.sqrt(square);
        }
      };
      const each = moments.map(sum);
      const scores = candidates.map(({ of, features }) =>
        of.reduce((total, at) => total + (each[at] ?? 0), sum(features)),
      );
      const ask = sum(asking);
      const largest = Math.max(ask, ...scores);
      const odds = scores.map((score) => Math.exp(score - largest));
      const askOdds = Math.exp(ask - largest);
      const whole = odds.reduce((total, one) => total + one, askOdds);
      const right = odds.reduce((total, one, at) => total + (candidates[at]?.isRight ? one : 0), isAsked ? askOdds : 0);
      const faults = odds.map((one, at) => one / whole - (candidates[at]?.isRight ? one / right : 0));
      change(asking, askOdds / whole - (isAsked ? askOdds / right : 0));
      for (const [at, places] of moments.entries())
        change(
          places,
          candidates.reduce((total, { of }, n) => total + (of.includes(at) ? (faults[n] ?? 0) : 0), 0),
        );
      for (const [at, { features }] of candidates.entries()) change(features, faults[at] ?? 0);
    }
    if (round >= AVERAGED_FROM)
      for (let at = 0; at < PLACES; at++) mean[at] = (mean[at] ?? 0) + (weights[at] ?? 0) / (ROUNDS - AVERAGED_FROM);
  }
  return mean;
}

/** A linear congruential generator: the order must not depend on the machine. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 2 ** 31;
  };
}

function shuffle<T>(list: T[], random: () => number): void {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other] as T, list[at] as T];
  }
}

interface Result {
  sentence: Sentence;
  /** the likeliest choice that may be taken, and the grammar's reading, with how much likelier they are than all else */
  best: Judged | null;
  grammars: Judged | undefined;
}

function resultOf(sentence: Sentence, learned: Learned): Result {
  const judged = sentence.view === null ? [] : judgeView(sentence.view, scorer(learned));
  return {
    sentence,
    best: judged[0] !== undefined && isTakeable(judged[0].candidate) ? judged[0] : null,
    grammars: judged.find(({ candidate }) => meaningOf(candidate.reading) === meaningOf(sentence.first)),
  };
}

const ASKED: Understood = { kind: 'ask', question: '?' };

/** What becomes of sentences with these bounds. */
function tell(name: string, results: readonly Result[], bounds: Bounds): void {
  const count = { right: 0, asked: 0, wrong: 0 };
  const taken = { right: 0, asked: 0, wrong: 0 };
  const doubted = { right: 0, asked: 0, wrong: 0 };
  for (const { sentence, best, grammars } of results) {
    const { first, row, isOpen } = sentence;
    const reading = best?.candidate.reading;
    if (first.kind === 'ask' && best && reading && best.margin > sureFrom(reading, first, isOpen, bounds)) {
      const outcome = judge(reading, row);
      taken[outcome] += 1;
      count[outcome] += 1;
    } else if (first.kind !== 'ask' && grammars && grammars.margin < keptFrom(grammars.candidate, bounds)) {
      doubted[judge(first, row)] += 1;
      count[judge(ASKED, row)] += 1;
    } else count[judge(first, row)] += 1;
  }
  console.log(
    `${name}: ${count.right} right, ${count.asked} asked, ${count.wrong} wrong; taken ${taken.right} right and ${taken.wrong} wrong; doubted ${doubted.right} right and ${doubted.wrong} wrong`,
  );
}

const sentencesOf = (set: string): Sentence[] => rowsOf(set).map((row) => sentenceOf(row, set));
const late = LATE.flatMap(sentencesOf);
const others = OTHERS.flatMap(sentencesOf);
console.log(
  `${late.length + others.length} sentences, ${late.length} of them late: each set by what was learned without it`,
);
const results: Result[] = [];
for (const left of process.argv.includes('--only') ? [] : LATE) {
  const learned = learn([...late.filter(({ set }) => set !== left), ...others]);
  const of = late.filter(({ set }) => set === left).map((one) => resultOf(one, learned));
  tell(left, of, BOUNDS);
  results.push(...of);
}
tell('all of them', results, BOUNDS);
tell('without a second look', results, {
  ...BOUNDS,
  sure: Infinity,
  kept: -Infinity,
  keptAlone: -Infinity,
  keptList: -Infinity,
});
for (const sure of [1, 1.5, 2, 2.5, 3]) tell(`sure from ${sure}`, results, { ...BOUNDS, sure });
for (const kept of [0, 1, 1.5, 2, 2.5, 3]) tell(`kept from ${kept}`, results, { ...BOUNDS, kept });

const learned = learn([...late, ...others]);
writeFileSync(
  path.join(root, 'shared', 'spoken-time', 'second-look', 'weights.ts'),
  `/** Made by \`npm run learn\`; not edited by hand. */\nimport type { Learned } from './scores.ts';\n\nexport const LEARNED: Learned = {\n  scale: ${learned.scale},\n  table:\n    '${learned.table}',\n};\n`,
);
console.log('weights written');
