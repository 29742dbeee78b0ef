/** „eine Stunde später": the hour that another one leads to. Called by hours.ts before the terms are read together. */
import type { TimeTerm } from '../grammar/terms.ts';
import { askAgain } from '../questions.ts';
import { type Frame, isTrouble, type Trouble, trouble } from './frame.ts';
import type { Hours } from './dated.ts';

const FULL_DAY = 1440;

/** The terms with every step as the clock it leads to; `read` reads the hour that it counts from. */
export function withoutHourSteps(
  terms: readonly TimeTerm[],
  read: (of: readonly TimeTerm[]) => Hours | Trouble,
  frame: Frame,
): readonly TimeTerm[] | Trouble {
  if (!terms.some((t) => t.t === 'step')) return terms;
  const settled: TimeTerm[] = [];
  for (const term of terms) {
    if (term.t !== 'step') {
      settled.push(term);
      continue;
    }
    // The same hours again, as they were said.
    if (term.minutes === 0) {
      settled.push(...term.of);
      continue;
    }
    const from = read(term.of);
    if (isTrouble(from)) return from;
    const minute = from.kind === 'clock' ? from.minute + term.minutes : -1;
    if (minute < 0 || minute >= FULL_DAY)
      return trouble('ask', 'no single hour of that day to count from', askAgain(frame));
    settled.push({ t: 'clock', clock: { minute, strict: true } });
  }
  return settled;
}
