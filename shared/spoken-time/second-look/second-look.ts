/**
 * A second look at a longer sentence: weights that were learned from some thousand sentences with their readings say which of its days and
 * hours are the request, and how sure that is. What the grammar would ask about is taken where it is sure, and what the grammar reads is asked
 * about where it is likelier something else. It chooses among what the grammar has read and makes up nothing; dating stays with `combine`.
 * docs/spoken-sentences.md tells how it was learned and what it gains.
 */
import type { Item } from '../grammar/terms.ts';
import type { Understood } from '../reading.ts';
import type { Frame } from '../resolve/frame.ts';
import { type Candidate, judgeView, viewOf } from './candidates.ts';
import { meaningOf, type Sentence } from './features.ts';
import { type Learned, type Scorer, scorer } from './scores.ts';

/** What was chosen of a sentence and what it means, or that the grammar's reading is not to be taken without a question. */
export type Look = { items: Item[]; reading: Understood } | 'doubtful';

/**
 * By so much (logarithm of the odds) a choice must be likelier than all else together to be taken. All bounds were found by learning from the other
 * sets and judging one that was left out (`npm run learn`).
 */
export interface Bounds {
  sure: number;
  /** where the grammar asks because the caller hangs it on something, or takes it back */
  sureOfOpen: number;
  /** where it asks because something was denied, or because several days or hours are open */
  sureOfDenied: number;
  /** of a day without an hour: long sentences name many days */
  sureOfDay: number;
  /** From so much on what the grammar reads is taken without a question. */
  kept: number;
  /** where that is none of the choices (a step from another day): little is known of it */
  keptAlone: number;
  /** where it is a list of days to choose from: in a long sentence one of them is rather a mention */
  keptList: number;
}
export const BOUNDS: Bounds = {
  sure: 1.25,
  sureOfOpen: 5,
  sureOfDenied: 2.25,
  sureOfDay: 3,
  kept: 1.5,
  keptAlone: 0.5,
  keptList: 1.5,
};

const unpacked = new WeakMap<Learned, Scorer>();
function scoresOf(learned: Learned): Scorer {
  const known = unpacked.get(learned) ?? scorer(learned);
  unpacked.set(learned, known);
  return known;
}

const OUTSIDE_HOURS = /outside opening hours/;
const DENIED = /denie[ds]|denial|^several (?:days|hours)/;

/** From so much on a reading of the grammar is kept. */
export const keptFrom = ({ items, reading }: Candidate, { kept, keptAlone, keptList }: Bounds): number =>
  reading.dates ? keptList : items.length === 0 ? keptAlone : kept;

/** From so much on a choice is taken where the grammar asks (`first`). */
export function sureFrom(choice: Understood, first: Understood, isOpen: boolean, bounds: Bounds): number {
  return Math.max(
    isOpen ? bounds.sureOfOpen : bounds.sure,
    choice.kind === 'date' ? bounds.sureOfDay : bounds.sure,
    DENIED.test(first.because ?? '') ? bounds.sureOfDenied : bounds.sure,
  );
}

/**
 * Whether a choice says enough to be taken: an hour at which nobody is there is rather a misread one („half eight"), and several days or a
 * stretch of them are what is left of something that was said more closely.
 */
export const isTakeable = ({ isPartial, reading }: Candidate): boolean =>
  !isPartial && !OUTSIDE_HOURS.test(reading.because ?? '') && !holdsDays(reading);
const holdsDays = ({ from_date, to_date, dates }: Understood): boolean =>
  from_date !== undefined || to_date !== undefined || dates !== undefined;

/** What becomes of a sentence that the grammar reads as `first`; null: that stays, as always where nothing was learned. */
export function secondLook(sentence: Sentence, first: Understood, frame: Frame): Look | null {
  const { language, learned } = frame.context;
  if (learned === undefined) return null;
  const view = viewOf(sentence, first, language, frame);
  if (view === null) return null;
  const judged = judgeView(view, scoresOf(learned));
  if (first.kind !== 'ask') {
    const grammars = judged.find(({ candidate }) => meaningOf(candidate.reading) === meaningOf(first));
    return grammars !== undefined && grammars.margin < keptFrom(grammars.candidate, BOUNDS) ? 'doubtful' : null;
  }
  // An hour at which nobody is there was named: another one was not meant.
  if (OUTSIDE_HOURS.test(first.because ?? '')) return null;
  const best = judged[0];
  if (best === undefined || !isTakeable(best.candidate)) return null;
  return best.margin > sureFrom(best.candidate.reading, first, sentence.isOpen, BOUNDS) ? best.candidate : null;
}
