/**
 * What a caller said about day and time → how it was read. Called by every telephony function that takes `when`, `date` or
 * `time`; pure, never throws, never guesses: whatever is not fully understood comes back as a question (spec/03, facts § 3.13).
 */
import { dateOf, fromIso, isWallDate, timeOf } from '../time.ts';
import { combine } from './combine.ts';
import { asUnderstood, type Frame, frameOf, trouble } from './frame.ts';
import { readItems } from './grammar.ts';
import { plainMoment } from './plain.ts';
import { askAgain, askDisagreement } from './questions.ts';
import type { SpokenContext, SpokenInput, Understood } from './reading.ts';
import { sayReading } from './say.ts';
import type { Item } from './terms.ts';
import { fold, MAX_SPOKEN_LENGTH, type Token, tokenise } from './tokens.ts';

const ISO_INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})/gi;

/** Reads the words; see `Understood` for the shapes and `SpokenContext` for what decides between them. */
export function understand(input: SpokenInput, context: SpokenContext): Understood {
  const frame = frameOf(context);
  const when = (input.when ?? '').trim();
  // 20261124: a date without its dashes, and no telephone number.
  const date = (input.date ?? '').trim().replace(/^(20\d{2})(\d{2})(\d{2})$/, '$1-$2-$3');
  const time = (input.time ?? '').trim();
  if (when.length + date.length + time.length > MAX_SPOKEN_LENGTH)
    return asUnderstood(trouble('ask', `more than ${MAX_SPOKEN_LENGTH} characters`, askAgain(frame)));

  const plain = when === '' ? plainMoment(date, time, frame) : null;
  if (plain !== null) return plain;
  return readWords(when, date, time, frame);
}

/** The long way through the grammar. */
export function readWords(when: string, date: string, time: string, frame: Frame): Understood {
  const words = when === '' ? null : readText(when, frame);
  const fields = readFields(withoutEmptyClock(date, time, words), words && EMPTY_CLOCK.test(time) ? '' : time, frame);
  if (words === null) return fields?.reading ?? { kind: 'none' };
  if (fields === null) return words.reading;
  return reconcile(words, fields, frame);
}

/** A model fills the clock that it was not told with zeros. */
const EMPTY_CLOCK = /^T?00:00(?::00(?:\.0+)?)?Z?$/i;

/** An ISO midnight in `date` is a day, unless the words or `time` speak of an hour. */
function withoutEmptyClock(date: string, time: string, words: Reading | null): string {
  const midnight = /^(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?(?:[+-]\d{2}:?\d{2})?$/i.exec(date);
  return midnight?.[1] !== undefined && words?.reading.time !== '00:00' && !EMPTY_CLOCK.test(time) ? midnight[1] : date;
}

interface Reading {
  reading: Understood;
  items: Item[];
  tokens: Token[];
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

function readText(text: string, frame: Frame): Reading {
  const { language, ignore } = frame.context;
  const all = tokenise(inZone(text, frame));
  const { items, tokens } = readItems(all, language, ignoredOf(ignore ?? NOTHING));
  return { reading: combine(items, tokens, frame), items, tokens };
}

/** `date` and `time` read as one phrase: the day first, then the hour („um" makes a number an hour, „am" a number a day). */
function readFields(date: string, time: string, frame: Frame): Reading | null {
  if (date === '' && time === '') return null;
  const day = /^\d{1,2}\.?$/.test(date) ? `am ${date.replace('.', '')}.` : date;
  // The field is a clock: „3", „1500" and „T15:00" are hours.
  const hour = /^(?:\d{1,2}|\d{4})$/.test(time) ? `um ${time}` : time.replace(/^T(?=\d)/i, '');
  if (day === '') return readText(hour, frame);
  if (hour === '') return readText(day, frame);
  // A plain calendar day holds no hour to compare with: one reading is enough.
  if (isWallDate(day)) return readText(`${day} , ${hour}`, frame);
  const parts = readText(day, frame).reading;
  const clock = readText(hour, frame).reading;
  // The same hour may stand in both fields.
  if (parts.time !== undefined && (clock.kind === 'time' || clock.kind === 'instant')) {
    if (clock.time === parts.time && (clock.date === undefined || clock.date === parts.date))
      return readText(day, frame);
  }
  return readText(`${day} , ${hour}`, frame);
}

/** The caller's words win over what the model made of them; where both speak of the same thing and differ, it is asked. */
function reconcile(words: Reading, fields: Reading, frame: Frame): Understood {
  const said = words.reading;
  const made = fields.reading;
  if (said.kind === 'none') return made;
  // The words asked for a day („am Morgen", „um acht") and the field has it.
  const clear = words.items.every((item) => item.type === 'time');
  if (said.kind === 'ask' && clear && made.date !== undefined && made.kind !== 'invalid' && made.kind !== 'ask')
    return joined(words, made.date, frame);
  if (made.kind === 'none' || made.kind === 'ask' || said.kind === 'ask' || said.kind === 'invalid') return said;
  if (said.kind === 'earliest' || said.kind === 'any' || said.kind === 'same_as_last') return said;
  const disagree = (): Understood => ({
    kind: 'ask',
    because: `the words say ${brief(said)}, the fields say ${brief(made)}: the words are taken, ask`,
    question: askDisagreement(frame, sayReading(said, frame.context)),
  });
  if (made.kind === 'invalid') return made.date !== undefined || made.time !== undefined ? disagree() : said;

  const day = dayOf(made);
  const saysDay =
    said.date !== undefined || said.dates !== undefined || said.from_date !== undefined || said.to_date !== undefined;
  const saysHour = said.time !== undefined || said.from !== undefined || said.to !== undefined;
  if (saysDay && day !== null && !holdsDay(said, day)) return disagree();
  if (saysHour && made.time !== undefined && !holdsTime(said, made.time)) return disagree();
  if (saysDay && saysHour) return said;
  // The fields add what the words left out.
  if (!saysDay && day !== null) return joined(words, `${day}`, frame);
  if (!saysHour && made.time !== undefined) return joined(words, made.time, frame);
  return said;
}

const brief = (u: Understood): string =>
  [u.kind, u.date, u.dates?.join('/'), u.from_date, u.to_date, u.time, u.from, u.to]
    .filter((part) => part !== undefined)
    .join(' ');

const dayOf = (u: Understood): string | null => u.date ?? null;

function holdsDay(u: Understood, day: string): boolean {
  if (u.date !== undefined) return u.date === day;
  if (u.dates !== undefined) return u.dates.includes(day);
  return (u.from_date === undefined || day >= u.from_date) && (u.to_date === undefined || day <= u.to_date);
}

function holdsTime(u: Understood, time: string): boolean {
  if (u.time !== undefined) return u.time === time;
  return (u.from === undefined || time >= u.from) && (u.to === undefined || time <= u.to);
}

/** The words once more with an ISO day or time added, through the same grammar. */
function joined(words: Reading, iso: string, frame: Frame): Understood {
  const added = tokenise(iso);
  const extra = readItems(added, frame.language, new Set());
  const shift = words.tokens.length;
  const items = [...words.items, ...extra.items.map((item) => ({ ...item, i: item.i + shift, j: item.j + shift }))];
  return combine(items, [...words.tokens, ...extra.tokens], frame);
}
