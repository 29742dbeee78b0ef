/** What the request takes over from days and hours that are only mentioned. Called by choice.ts. */
import type { DayTerm, Item } from '../grammar/terms.ts';
import type { Token } from '../words/token.ts';
import { withoutRepeated } from './contents.ts';
import { contentOf, type Said } from './said.ts';

/** „bis zum zehnten Januar sind wir fort, sagen wir am dreizehnten": the month goes with both. */
export function withMonth(items: readonly Item[], dropped: readonly Said[]): Item[] {
  if (items.some((item) => item.type === 'day' && item.term.d === 'weekday')) return [...items];
  const told = dropped.filter(({ role }) => role !== 'reason' && role !== 'past').flatMap(contentOf);
  return items.map((item) => {
    if (item.type !== 'day' || item.term.d !== 'calendar' || item.term.month !== null) return item;
    const dated = told.findLast((x) => x.type === 'day' && x.j <= item.i && monthOf(x.term) !== null);
    return dated?.type === 'day' ? { ...item, term: { ...item.term, ...monthOf(dated.term) } } : item;
  });
}

/** The month of a day, or of the day that ends a stretch. */
function monthOf(term: DayTerm): { month: number | null; year: number | null } | null {
  if (term.d === 'calendar') return term.month === null ? null : { month: term.month, year: term.year };
  if (term.d !== 'span' || term.span.s !== 'stretch') return null;
  return term.span.to ? monthOf(term.span.to) : term.span.from ? monthOf(term.span.from) : null;
}

/** Terms that name no day by themselves. */
const NO_DAY: readonly DayTerm['d'][] = ['every-weekday', 'past', 'workdays', 'span'];

/** „Halb drei am Vierten hatte ich gesagt, ich meinte halb vier": the day that is missing is the one that was mentioned; so is „gleiche Zeit". */
export function inherited(items: readonly Item[], dropped: readonly Said[], all: readonly Token[]): Item[] {
  const has = (type: Item['type']): boolean => items.some((item) => item.type === type);
  const toldIn = (parts: readonly Said[], type: 'day' | 'time'): Item[] =>
    withoutRepeated(parts.flatMap(contentOf).filter((item) => item.type === type));
  if (has('time') && !has('day') && !has('special')) {
    const [day, ...more] = toldIn(
      dropped.filter(({ role }) => role !== 'past' && role !== 'denied'),
      'day',
    );
    return day?.type === 'day' && more.length === 0 && !NO_DAY.includes(day.term.d) ? [day] : [];
  }
  if (!has('day') || has('time') || !saysSameHour(all)) return [];
  const [hour, ...more] = toldIn(
    dropped.filter(({ role }) => role === 'old' || role === 'past'),
    'time',
  );
  return hour && more.length === 0 ? [hour] : [];
}

/** „gleiche Uhrzeit", „Uhrzeit bleibt", "same time" */
const saysSameHour = (all: readonly Token[]): boolean =>
  all.some(({ text }, i) => {
    const next = all[i + 1]?.text ?? '';
    if (text.startsWith('§same-hour')) return true;
    if (/^(?:zeit|uhrzeit|time)$/.test(text)) return /^(?:bleibt|wie|stays)$/.test(next);
    return (
      /^(?:gleiche[nrs]?|selbe[nrs]?|dieselbe[nrs]?|same)$/.test(text) &&
      /^(?:zeit|uhrzeit|stunde|time|hour)$/.test(next)
    );
  });
