/** Items → one reading: doubts become questions, negations and corrections are settled, then the clauses are read. Called by read-text.ts. */
import type { Doubt, Item } from '../grammar/terms.ts';
import {
  askAboutWord,
  askAgain,
  askDayOrHour,
  askForRest,
  askExactDay,
  askOccasion,
  askOtherDay,
  askRecurring,
} from '../questions.ts';
import type { Understood } from '../reading.ts';
import type { Token } from '../words/token.ts';
import { clausesOf } from './clauses.ts';
import { settleCorrections } from './corrections.ts';
import { sayReading } from '../say.ts';
import { asUnderstood, type Frame, isTrouble, type Trouble, trouble } from './frame.ts';
import { isContent } from '../grammar/items.ts';
import { settleNegations } from './negations.ts';
import { readClause } from './one-clause.ts';
import { stillDenied, withoutReplaced } from './replaced.ts';
import { readList } from './several-clauses.ts';

/** The reading of a phrase. `tokens`: the ones that the positions of the items count. */
export function combine(items: readonly Item[], tokens: readonly Token[], frame: Frame): Understood {
  const doubt = items.find((item) => item.type === 'doubt');
  if (doubt?.type === 'doubt' && (doubt.doubt === 'unread' || doubt.doubt === 'correction'))
    return asUnderstood(unread(doubt.text, items, tokens, frame));
  if (doubt?.type === 'doubt' && doubt.doubt !== 'unread' && doubt.doubt !== 'correction')
    return asUnderstood(doubtTrouble(doubt.doubt, doubt.text, frame));
  if (!items.some(isContent)) return { kind: 'none' };

  const settled = settleNegations(items, tokens, frame);
  if (isTrouble(settled)) return asUnderstood(settled);
  const corrected = settleCorrections(settled.items);
  if (corrected === null) return asUnderstood(trouble('ask', 'a correction without a new wish', askAgain(frame)));
  const wished = withoutReplaced(corrected, frame);
  if (isTrouble(wished)) return asUnderstood(wished);
  const clauses = clausesOf(wished, tokens);
  const denied = stillDenied(settled.denied, corrected);
  const [first, ...more] = clauses;
  if (!first) return asUnderstood(trouble('ask', 'nothing is left', askAgain(frame)));
  const read = more.length === 0 ? readClause(first, denied, frame) : readList(clauses, denied, frame);
  return isTrouble(read) ? asUnderstood(read) : read;
}

/** Words longer than this are not said back. */
const LONGEST_WORD = 30;

/** A question about words that were not understood: it names what is known beside them, or the words themselves. */
function unread(text: string, items: readonly Item[], tokens: readonly Token[], frame: Frame): Trouble {
  const because = `„${text}" was not understood`;
  const known = combine(
    items.filter((item) => item.type !== 'doubt'),
    tokens,
    frame,
  );
  const said = sayReading(known, frame.context);
  const missing = missingIn(known);
  if (said !== '' && missing !== null) return trouble('ask', because, askForRest(frame, said, missing));
  const word = /^[a-z]{3,}$/.test(text) && !/[aou]e/.test(text) && text.length <= LONGEST_WORD ? text : null;
  return trouble('ask', because, word === null || known.kind !== 'none' ? askAgain(frame) : askAboutWord(frame, word));
}

/** What a reading lacks of a day and an hour; null: it is no plain reading. */
function missingIn(known: Understood): 'day' | 'hour' | 'nothing' | null {
  if (known.closed || !['instant', 'date', 'time', 'window'].includes(known.kind)) return null;
  const day = known.date !== undefined || known.from_date !== undefined || known.to_date !== undefined;
  const hour = known.time !== undefined || known.from !== undefined || known.to !== undefined;
  return day && hour ? 'nothing' : day ? 'hour' : hour ? 'day' : null;
}

function doubtTrouble(doubt: Exclude<Doubt, 'unread' | 'correction'>, text: string, frame: Frame): Trouble {
  switch (doubt) {
    case 'occasion':
      return trouble('ask', `the day of „${text}" is not known`, askOccasion(frame));
    case 'recurring':
      return trouble('ask', 'a series was asked for', askRecurring(frame));
    case 'vague':
    case 'approximate-day':
      return trouble('ask', `„${text}" names no single day`, askExactDay(frame));
    case 'day-or-hour':
    case 'date-or-time':
    case 'date-order':
      return trouble('ask', `„${text}" can be read in two ways`, askDayOrHour(frame));
    case 'negation':
      return trouble('ask', 'a denied day or hour', askOtherDay(frame));
  }
}
