/**
 * What a caller said about day and time → how it was read. Called by every telephony function that takes `when`, `date` or
 * `time`; pure, never throws, never guesses: whatever is not fully understood comes back as a question.
 */
import { isWallDate } from '../time.ts';
import { plainMoment } from './plain.ts';
import { askAgain } from './questions.ts';
import { type Reading, readText } from './read-text.ts';
import type { SpokenContext, SpokenInput, Understood } from './reading.ts';
import { reconcile } from './reconcile.ts';
import { asUnderstood, type Frame, frameOf, trouble } from './resolve/frame.ts';
import { MAX_SPOKEN_LENGTH } from './words/tokenise.ts';

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
