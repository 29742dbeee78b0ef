/** Items → one reading: doubts become questions, negations and corrections are settled, then the clauses are read. Called by read-text.ts. */
import type { Doubt, Item } from '../grammar/terms.ts';
import { askAgain, askDayOrHour, askExactDay, askOccasion, askOtherDay, askRecurring } from '../questions.ts';
import type { Understood } from '../reading.ts';
import type { Token } from '../words/token.ts';
import { clausesOf } from './clauses.ts';
import { settleCorrections } from './corrections.ts';
import { asUnderstood, type Frame, isTrouble, type Trouble, trouble } from './frame.ts';
import { isContent } from './items.ts';
import { settleNegations } from './negations.ts';
import { readClause } from './one-clause.ts';
import { stillDenied, withoutReplaced } from './replaced.ts';
import { readList } from './several-clauses.ts';

/** The reading of a phrase. `tokens`: the ones that the positions of the items count. */
export function combine(items: readonly Item[], tokens: readonly Token[], frame: Frame): Understood {
  const doubt = items.find((item) => item.type === 'doubt');
  if (doubt) return asUnderstood(doubtTrouble(doubt.doubt, doubt.text, frame));
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

function doubtTrouble(doubt: Doubt, text: string, frame: Frame): Trouble {
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
    case 'correction':
    case 'unread':
      return trouble('ask', `„${text}" was not understood`, askAgain(frame));
  }
}
