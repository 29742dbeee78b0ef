/**
 * Which tokens of a phrase the grammar reads and which are left out before it, each with the reason. A word that a later
 * change wants to read (dialect, noise of a recogniser) is found here first: what is left out says why.
 */
import type { Language } from '../reading.ts';
import type { Category } from '../words/lexicon.ts';
import { soundsLikeTime } from '../words/misheard.ts';
import { type NotTime, notTimeOf, type Subject } from '../words/not-time.ts';
import type { Token } from '../words/token.ts';

/** Why a token is left out although it was said. */
export type SkipReason =
  /** Left out before the grammar reads: politeness, verbs, nouns of a booking. */
  | 'filler'
  /** Left out before: a name of a service or of staff that the context gave. */
  | 'known-name'
  /** Skipped before the grammar: a number or name that refers to something else. */
  | Subject
  /** Left out by the grammar: „etwa", „kurz", „rum" with no hour or day beside it. */
  | 'modifier'
  /** Left out by the grammar: „in", „die", „um" and their kind with nothing behind them. */
  | 'function-word'
  /** Left out by the grammar: „für eine Stunde", how long and not when. */
  | 'duration'
  /** Left out by the grammar: a word of no table that sounds like no time and touches none. */
  | 'unknown-word'
  /** left out by sentence/: why the caller asks so, or what keeps him. */
  | 'reason'
  | 'busy'
  /** The same: what was, the appointment that is moved, somebody else's time, small talk. */
  | 'past'
  | 'old'
  | 'other'
  | 'aside';

export interface SkippedToken {
  token: Token;
  why: SkipReason;
}

export interface Phrase {
  /** Every token. */
  all: readonly Token[];
  /** The ones that the grammar reads. */
  tokens: Token[];
  /** The others, so far. */
  skipped: SkippedToken[];
  notTime: NotTime;
}

/** Parts the tokens into those that may carry time and those that do not. `ignore`: folded words that carry no time here. */
export function phraseOf(all: readonly Token[], language: Language, ignore: ReadonlySet<string>): Phrase {
  const notTime = notTimeOf(all, language);
  const elsewhere = isAboutSomethingElse(all, ignore, notTime);
  const tokens: Token[] = [];
  const skipped: SkippedToken[] = [];
  // A comma before a token that is left out stands before the next one that stays.
  let comma = false;
  for (const token of all) {
    comma = comma || token.afterComma;
    const why =
      reasonToSkip(token, all, language, ignore, notTime) ?? (elsewhere && isNoise(token, all) ? 'unknown-word' : null);
    if (why !== null) {
      skipped.push({ token, why });
      continue;
    }
    tokens.push(comma && !token.afterComma ? { ...token, afterComma: true } : token);
    comma = false;
  }
  return { all, tokens, skipped, notTime };
}

function reasonToSkip(
  token: Token,
  all: readonly Token[],
  language: Language,
  ignore: ReadonlySet<string>,
  notTime: NotTime,
): SkipReason | null {
  const subject = notTime.dropped.get(token.at);
  if (subject !== undefined) return subject;
  if (token.category === 'unknown' && ignore.has(token.text)) return 'known-name';
  return isFiller(token, all, language) ? 'filler' : null;
}

/** Categories that say nothing of time by themselves. */
const NEUTRAL: ReadonlySet<Category> = new Set<Category>([
  'filler',
  'unknown',
  'article',
  'in',
  'at',
  'an',
  'one',
  'of-from',
  'and',
  'or',
  'but',
  'neg',
  'person',
  'to',
]);
/** Words that change a time and say nothing without one. */
const NOTHING = /^(?:nichts|nothing)$/;

/** A number or a name refers to something else, and no word of time is left: a price or a length alone is asked about, or told. */
function isAboutSomethingElse(
  all: readonly Token[],
  ignore: ReadonlySet<string>,
  { dropped, unsure }: NotTime,
): boolean {
  if (dropped.size === 0 || unsure.size > 0) return false;
  return all.every(
    (token) =>
      dropped.has(token.at) || NEUTRAL.has(token.category) || NOTHING.test(token.text) || ignore.has(token.text),
  );
}

/** A word of no table, unless it stands where a day or an hour is expected. */
function isNoise(token: Token, all: readonly Token[]): boolean {
  if (NOTHING.test(token.text)) return true;
  if (token.category !== 'unknown') return false;
  const before = all[token.at - 1];
  return (
    before === undefined ||
    !(before.category === 'at' || /^(?:am|an|on)$/.test(before.text)) ||
    !soundsLikeTime(token.text)
  );
}

/** Three words are fillers in English only: „do" is a weekday in German, „um" an hour, „may" a month at times. */
function isFiller(token: Token, all: readonly Token[], language: Language): boolean {
  if (token.category === 'filler') return true;
  if (language !== 'en') return false;
  if (token.text === 'do' || token.text === 'um') return true;
  return token.text === 'may' && !isMonthOfMay(token, all);
}

function isMonthOfMay(token: Token, all: readonly Token[]): boolean {
  const [before, after] = [all[token.at - 1], all[token.at + 1]];
  return (
    (before !== undefined && ['in', 'article', 'number', 'stage', 'which'].includes(before.category)) ||
    after?.category === 'number'
  );
}
