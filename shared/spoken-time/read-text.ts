/** One text → a reading: tokens, items, then what they mean together. Called by understand.ts and reconcile.ts. */
import { dateOf, fromIso, timeOf } from '../time.ts';
import { secondLook } from './second-look/second-look.ts';
import { readItems } from './grammar/read-items.ts';
import type { SkippedToken, SkipReason } from './grammar/phrase.ts';
import type { DayTerm, Item } from './grammar/terms.ts';
import { askDay, askOtherDay } from './questions.ts';
import type { Understood } from './reading.ts';
import { combine } from './resolve/combine.ts';
import { readDays } from './resolve/days.ts';
import { doubtAt } from './sentence/contents.ts';
import { lastWord } from './sentence/offers.ts';
import { requestOf } from './sentence/request.ts';
import { isVague } from './sentence/vague.ts';
import { asUnderstood, type Frame, isTrouble, trouble } from './resolve/frame.ts';
import { fold } from './words/fold.ts';
import type { Token } from './words/token.ts';
import { tokenise } from './words/tokenise.ts';

const ISO_INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})/gi;

export interface Reading {
  reading: Understood;
  items: Item[];
  /** The tokens that the positions of the items count. */
  tokens: Token[];
}

/** Reads a text of at most MAX_SPOKEN_LENGTH characters; whoever calls it has counted them. */
export function readText(text: string, frame: Frame): Reading {
  const { language, ignore } = frame.context;
  const all = tokenise(inZone(text, frame));
  const read = readItems(all, language, ignoredOf(ignore ?? NOTHING));
  const { items, tokens, skipped, denied, said, isOpen, isSettled } = requestOf(read, all);
  const first = notDenied(combine(items, tokens, frame), denied, frame);
  const left = leftOut(skipped);
  if (first.kind === 'none' && isVague(all))
    return { reading: asUnderstood(trouble('ask', 'a time that was not named', askDay(frame))), items, tokens };
  const corrected = first.kind === 'ask' ? lastWord(read.items, said, read.tokens, all) : null;
  if (corrected !== null) {
    const reading = combine(corrected, read.tokens, frame);
    if (reading.kind === 'instant')
      return { reading: withLeftOut(reading, left), items: corrected, tokens: read.tokens };
  }
  const look = isSettled ? null : secondLook({ read, all, requested: items, said, isOpen }, first, frame);
  if (look === null) return { reading: withLeftOut(first, left), items, tokens };
  if (look === 'doubtful') {
    const asked = [...items, doubtAt(tokens.length, 'which of them')];
    return { reading: withLeftOut(combine(asked, tokens, frame), left), items: asked, tokens };
  }
  const because = `at second look, where ${first.because ?? 'it was asked'}`;
  return { reading: withLeftOut({ ...look.reading, because }, left), items: look.items, tokens: read.tokens };
}

/** „am Samstag, aber nicht morgen", said on a Friday: the day that is read is the one that was denied. */
function notDenied(reading: Understood, denied: readonly DayTerm[], frame: Frame): Understood {
  if (reading.date === undefined || reading.kind === 'ask') return reading;
  const same = denied.some((term) => {
    const days = readDays([term], frame);
    return !isTrouble(days) && days.kind === 'date' && days.date === reading.date;
  });
  return same ? asUnderstood(trouble('ask', 'the day read is one that was denied', askOtherDay(frame))) : reading;
}

/** Reasons that say nothing of what was left out: politeness, function words, names of services. */
const UNTOLD: ReadonlySet<SkipReason> = new Set<SkipReason>(['filler', 'function-word', 'modifier', 'known-name']);
/** So many turns that were left out are told. */
const MOST_TOLD = 6;

/** What was left out as noise and why, for `because`. */
function leftOut(skipped: readonly SkippedToken[]): string {
  const turns: { words: string[]; why: SkipReason; end: number }[] = [];
  for (const { token, why } of [...skipped].sort((a, b) => a.token.at - b.token.at)) {
    if (UNTOLD.has(why)) continue;
    const last = turns.at(-1);
    const word = token.text.replace(/^§(?:feast-|part-)?/, '');
    if (last?.why === why && token.at - last.end === 1) {
      last.words.push(word);
      last.end = token.at;
    } else turns.push({ words: [word], why, end: token.at });
  }
  const told = turns.slice(0, MOST_TOLD).map(({ words, why }) => `„${words.join(' ')}" (${why})`);
  return told.length === 0 ? '' : `left out: ${told.join(', ')}${turns.length > MOST_TOLD ? ', …' : ''}`;
}

const withLeftOut = (reading: Understood, left: string): Understood =>
  left === '' || reading.kind === 'none'
    ? reading
    : { ...reading, because: reading.because === undefined ? left : `${reading.because}; ${left}` };

/** A text that was read once more with an ISO day or time added, through the same grammar. */
export function readWith(words: Reading, iso: string, frame: Frame): Understood {
  const extra = readItems(tokenise(iso), frame.language, new Set());
  const shift = words.tokens.length;
  const items = [...words.items, ...extra.items.map((item) => ({ ...item, i: item.i + shift, j: item.j + shift }))];
  return combine(items, [...words.tokens, ...extra.tokens], frame);
}

/** A full ISO instant becomes the wall clock of the branch. */
function inZone(text: string, frame: Frame): string {
  return text.replace(ISO_INSTANT, (iso) => {
    const instant = fromIso(iso.toUpperCase());
    return instant === null ? iso : `${dateOf(instant, frame.context.zone)} ${timeOf(instant, frame.context.zone)}`;
  });
}

const NOTHING: readonly string[] = [];
/** The words of a list, folded once: the same list of services and staff comes with every request of a tenant. */
const foldedLists = new WeakMap<readonly string[], Set<string>>();

function ignoredOf(list: readonly string[]): Set<string> {
  let folded = foldedLists.get(list);
  if (!folded) {
    folded = new Set(list.flatMap((word) => fold(word).split(/[\s,.]+/)).filter((word) => word.length > 1));
    foldedLists.set(list, folded);
  }
  return folded;
}
