/** A step stands in the place of what it counts from: „Donnerstag geht nicht, am Tag davor um elf". Called by combine.ts. */
import type { Item } from '../grammar/terms.ts';
import { askAgain, askExactDay, askWhichDay } from '../questions.ts';
import { readDays } from './days.ts';
import { type Frame, isTrouble, type Trouble, trouble } from './frame.ts';
import type { DayItem } from '../grammar/items.ts';

/**
 * The items without the days and hours that a step counts from. „Dienstag um drei, am Tag danach" holds a whole wish before the step,
 * which may be a mere remark: both days are asked.
 */
export function withoutReplaced(items: readonly Item[], frame: Frame): Item[] | Trouble {
  const steps = items.filter((item): item is DayItem => item.type === 'day' && item.replaces !== undefined);
  const replaced = new Set(items.flatMap((item) => ('replaces' in item ? (item.replaces ?? []) : [])));
  const unclear = steps.find((step) => !step.hourKnown && hasWishBefore(step, items, replaced));
  return unclear ? askWhich(unclear, frame) : items.filter((item) => !replaced.has(item));
}

/** A denied day that a step counts from denies nothing more: „kommenden Donnerstag nicht, am Donnerstag drauf". */
export function stillDenied(denied: readonly DayItem[], items: readonly Item[]): DayItem[] {
  const replaced = new Set(items.flatMap((item) => (item.type === 'day' ? (item.replaces ?? []) : [])));
  // „Dienstag um drei geht nicht, den Dienstag eine Woche später": of another week.
  const terms = new Set([...replaced].map((item) => (item.type === 'day' ? JSON.stringify(item.term) : '')));
  return denied.filter((item) => !replaced.has(item) && !terms.has(JSON.stringify(item.term)));
}

/** The anchor stands with an hour that the step does not replace, and nothing says that this hour stays. */
function hasWishBefore(step: DayItem, items: readonly Item[], replaced: ReadonlySet<Item>): boolean {
  if (!items.some((item) => step.replaces?.includes(item))) return false;
  return items.slice(0, items.indexOf(step)).some((item) => item.type === 'time' && !replaced.has(item));
}

function askWhich(step: DayItem, frame: Frame): Trouble {
  const anchors = (step.replaces ?? []).flatMap((item) => (item.type === 'day' ? [item.term] : []));
  const dates = [anchors, [step.term]].flatMap((terms) => {
    const days = readDays(terms, frame);
    return !isTrouble(days) && days.kind === 'date' ? [days.date] : [];
  });
  const [first, second] = dates;
  // „am selben Tag": the hour is what is open.
  const question =
    first === second ? askAgain(frame) : second === undefined ? askExactDay(frame) : askWhichDay(frame, dates);
  return trouble('ask', 'a whole wish, and a day counted from it', question);
}
