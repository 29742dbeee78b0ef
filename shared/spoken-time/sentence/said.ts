/** The parts of a sentence with their roles and the items that end in them. Called by request.ts, choice.ts and open-ends.ts. */
import type { ReadPhrase } from '../grammar/read-items.ts';
import { timeBegins } from '../grammar/time-begins.ts';
import type { Item } from '../grammar/terms.ts';
import { isEnglish, MOVING } from '../words/cues.ts';
import type { Token } from '../words/token.ts';
import { type Content, isContent, isCorrection } from '../grammar/items.ts';
import { areOneSort, sameTerm } from './contents.ts';
import { type About, isMovedTo, namesDay, type Part, partsOf } from './parts.ts';
import { isStrong, leadsBack, type Role, roleOf } from './roles.ts';

export interface Said {
  part: Part;
  role: Role;
  items: Item[];
}

/** „jetzt", „gleich" in a longer part only tell what is the case. */
const SHORT_PART = 5;

/** Roles of what is told and never asked for; `BACKGROUND`: what others and the caller himself do at a time, too. */
export const TOLD: ReadonlySet<Role> = new Set<Role>(['reason', 'past', 'old']);
export const BACKGROUND: ReadonlySet<Role> = new Set<Role>(['reason', 'busy', 'other', 'past', 'old']);

/** Its days, hours and requests without either. */
export const contentOf = (said: Said): Content[] => said.items.filter(isContent);
/** Whether it says one of them, or one of that kind. */
export const holds = (said: Said, type?: Content['type']): boolean =>
  said.items.some((item) => isContent(item) && (type === undefined || item.type === type));
/** Day and hour. */
export const isComplete = (said: Said): boolean => holds(said, 'day') && holds(said, 'time');
/** Tokens as one text, for patterns over several words. */
export const spoken = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join(' ');
/** The words of a part, for patterns over several of them. */
export const wordsOf = (all: readonly Token[], { part }: Said): string => spoken(all.slice(part.from, part.to));
/** The first word of a part. */
export const openerOf = (all: readonly Token[], { part }: Said): string => all[part.from]?.text ?? '';

/** Something in the first differs from what the second says; „Dienstag" and „der 24." may be one day. */
export const isContrary = (one: Said, other: Said): boolean =>
  contentOf(one).some(
    (a) =>
      (a.type === 'day' && (a.term.d === 'workdays' || (a.term.d === 'span' && a.term.span.s === 'step'))) ||
      contentOf(other).some((b) => {
        const feast = one.role !== 'plain' && a.type === 'day' && a.term.d === 'feast';
        return a.type === b.type && (feast || areOneSort(a, b)) && !sameTerm(a, b);
      }),
  );

/** Every part of the sentence; an item belongs to the part in which it ends. */
export function sayings(read: ReadPhrase, all: readonly Token[]): Said[] {
  const about: About = { moves: movesAppointment(all), english: isEnglish(all) };
  const said: Said[] = [];
  for (const part of partsOf(all, about))
    said.push({ part, role: carriedOn(said.at(-1), part, roleOf(all, part, about), all), items: [] });
  for (const item of read.items) {
    const at = item.i === item.j ? undefined : read.tokens[item.j - 1]?.at;
    const home = at === undefined ? undefined : said.find(({ part }) => at >= part.from && at < part.to);
    if (home && !isIdle(item, home)) home.items.push(item);
  }
  for (const [at, one] of said.entries()) {
    const before = said[at - 1];
    if (said[at + 1] && isTag(wordsOf(all, one))) one.items = one.items.filter((x) => x.type !== 'op' || x.op !== 'or');
    if (before && isConfirmed(before, one, said[at + 1], all)) before.role = 'request';
    if (before && isWeekOf(before, one, all)) {
      before.role = 'request';
      before.items = before.items.filter(({ type }) => type !== 'doubt');
    }
    if (before && isSaidRight(one, said, at, all)) one.role = 'plain';
    // "push my Tuesday eleven o'clock back by a day": the new one stands in the same words.
    if (one.role === 'old' && one.items.some((item) => isSteppedFromOwn(item, one))) one.role = 'request';
    if (isReplacedBy(one, said.slice(at + 1), all) || isSteppedFrom(one, said.slice(at + 1))) one.role = 'old';
    if (before && one.items.length > 0 && (one.role === 'plain' || one.role === 'unsure'))
      besideOthers(one, before, said, at, all);
  }
  return said;
}

const isSteppedFromOwn = (item: Item, one: Said): boolean =>
  'replaces' in item &&
  !(item.type === 'day' && item.term.d === 'step' && item.term.step.count === 0) &&
  (item.replaces ?? []).length > 0 &&
  (item.replaces ?? []).every((x) => one.items.includes(x));

/** „Donnerstag um zehn ist mir zu früh, eine Stunde später bitte": what does not suit is what is counted from. */
function isSteppedFrom(one: Said, later: readonly Said[]): boolean {
  const next = later.find((x) => holds(x));
  if (one.role !== 'denied' || !isComplete(one) || !next || next.role === 'denied' || BACKGROUND.has(next.role))
    return false;
  const [step, ...more] = contentOf(next);
  if (!step || more.length > 0) return false;
  return (step.type === 'time' && step.term.t === 'step') || (step.type === 'day' && step.term.d === 'step');
}

/** „ich sollte Dienstag um zehn kommen, kann aber nur Donnerstag um zwei": what stands, and what is wanted in its place. */
function isReplacedBy(one: Said, later: readonly Said[], all: readonly Token[]): boolean {
  if (BACKGROUND.has(one.role) || one.role === 'denied' || !holds(one, 'day')) return false;
  if (!STANDS.test(` ${wordsOf(all, one)} `)) return false;
  const next = later.find((x) => holds(x));
  return (
    next !== undefined &&
    (next.role === 'request' || next.role === 'plain') &&
    isContrary(one, next) &&
    contentOf(one).every((x) => holds(next, x.type) || x.type === 'time') &&
    !/ (?:oder|or|sonst) /.test(` ${wordsOf(all, next)} `) &&
    CONTRASTS.test(` ${spoken(all.slice(one.part.to, next.part.to))} `)
  );
}
/** An appointment that was made: „ich hab Dienstag einen Termin", „in der Mail steht Dienstag". */
const STANDS =
  / (?:(?:i|we|id|ich|wir) (?:(?:only|just|really|actually|eigentlich|erst|zuerst) )?(?:wanted|was going|were going|had planned|was meant|planned|meant|hoped|was hoping|had hoped|wollte|wollten|hatte vor) (?:to |eigentlich |erst |zuerst )?.*|(?:ich|wir) (?:sollte[n]?|soll|haette[n]?) .*|eigentlich .*|(?:ich|wir) (?:hab|habe|haben) .*(?:termin|was) .*|(?:mail|email|sms|nachricht|zettel|karte|kaertchen|kalender|app|bestaetigung|online|portal|text|letter|card|message) .*(?:steht|stand|heisst|says|said) .*|(?:steht|stand|says) .*(?:mail|email|zettel|karte|kalender|text|card) .*|(?:eingetragen|gegeben|aufgeschrieben|notiert|gebucht|bestellt|angemeldet|vorgemerkt|booked|supposed|down|scheduled|given) .*)/;
const CONTRASTS =
  / (?:aber|lieber|stattdessen|besser|nur|erst|koennten?|ginge|geht|gehts|passt|gemeint|richtig|brauche?|braeuchte|moechte|wollte|will|nehmen|instead|rather|better|but|could|can|would|should|meant|need|prefer) /;

/** „nein, um drei sagte er", „nicht um zwei, um drei hab ich gesagt": behind a correction it is what was meant. */
function isSaidRight(one: Said, said: readonly Said[], at: number, all: readonly Token[]): boolean {
  if ((one.role !== 'past' && one.role !== 'old') || !holds(one) || !SAYING.test(` ${wordsOf(all, one)} `))
    return false;
  const told = all
    .slice(one.part.from, one.part.to)
    .some((x) => x.category === 'unknown' && !SAYING.test(` ${x.text} `));
  if (told || openerOf(all, one) === 'da') return false;
  const last = said.slice(0, at).findLastIndex((x) => holds(x));
  const between = said.slice(last + 1, at);
  const denied = said[last];
  const corrected =
    between.some(({ items }) => items.some(isCorrection)) ||
    (denied?.role === 'denied' && between.length === 0 && isContrary(denied, one));
  const anew = said.slice(at + 1).some((x) => contentOf(x).some((item) => holds(one, item.type)));
  return corrected && !anew && last >= 0;
}
const SAYING = / (?:sagte|gesagt|meinte|gemeint|hiess|geheissen|said|meant|told|wars|stand|steht) /;

/** „der vierte ist ein Freitag, oder": asks for agreement, offers nothing. */
const isTag = (words: string): boolean =>
  /(?:^| )(?:ist|war|waere|sind) (?:(?:ja|doch|dann|das|es|schon|eh|erst|ein|der|n|am) )*(?:[a-z]+tags?|mittwoch|zu|geschlossen|[a-z]+te|\d+\.) oder$/.test(
    words,
  );

/** „… bin ich in der Gegend, da könnt ich vorbeikommen", "… I have no work, then I can come" */
const CONFIRMING =
  /^(?:und |and |also )?(?:(?:da|dann) (?:kann|koennt|koennte|koennten|passt|passte|passts|taets?|wuerde?|waere?|haette?|ginge?|kaeme?|komm|komme)|(?:then|so) (?:i|we) (?:can|could)) /;
const DOUBTING =
  / (?:nicht|kein|keine|keinen|nie|not|cant|sp[ae]+ter|spaet|frueher|eher|danach|davor|vorher|later|earlier|erst|nur|fragen|schauen|schlecht|kaum|schwer|hardly)(?: |$)/;

/** „in der KW 50 hab ich Urlaub, da ginge der Dienstag": of that week. */
const isWeekOf = (before: Said, one: Said, all: readonly Token[]): boolean => {
  const [week, ...more] = contentOf(before);
  const days = contentOf(one).filter(({ type }) => type === 'day');
  return (
    before.role === 'busy' &&
    more.length === 0 &&
    week?.type === 'day' &&
    week.term.d === 'span' &&
    /^(?:week|week-number)$/.test(week.term.span.s) &&
    days.length === 1 &&
    days.every((x) => x.type === 'day' && x.term.d === 'weekday') &&
    CONFIRMING.test(`${wordsOf(all, one)} `) &&
    !DOUBTING.test(` ${wordsOf(all, one)} `)
  );
};

const isConfirmed = (before: Said, one: Said, next: Said | undefined, all: readonly Token[]): boolean => {
  // „da käm ich | dann um zehn" goes on.
  if (next?.part.joined === true && holds(next)) return false;
  if (holds(one) || !holds(before) || !['busy', 'other', 'unsure'].includes(before.role)) return false;
  const words = `${wordsOf(all, one)} `;
  return CONFIRMING.test(words) && !DOUBTING.test(` ${words}`);
};

/** An appointment is moved in the sentence. */
const movesAppointment = (all: readonly Token[]): boolean =>
  all.some(({ text, category }, at) => {
    if (MOVING.test(text) || category === 'instead' || /^(?:stattdessen|instead)$/.test(text)) return true;
    if (text === 'go') return /^(?:from|to)$/.test(all[at + 1]?.text ?? '') && timeBegins(all, at + 2);
    if (text === 'in') return isMovedTo(all, at) && all.some((x) => /^(?:rueber|nehmen|rutschen|holen)$/.test(x.text));
    if (text === 'auf') return namesDay(all, at + 1) && !all.some(({ value }) => value === 'night');
    return /^(?:von|vom|from)$/.test(text) && isMovedFrom(all, at);
  });

/** „von Dienstag … auf Mittwoch" */
const isMovedFrom = (all: readonly Token[], at: number): boolean =>
  timeBegins(all, at + 1) &&
  !['night', 'month'].includes(String(all[at - 1]?.value)) &&
  all.some((_, to) => to > at + 1 && isMovedTo(all, to));

/** „weil wir umziehen und am zweiten die Küche kommt", „erst wollte ich Dienstag, dann Donnerstag": the role of the part before goes on. */
function carriedOn(before: Said | undefined, part: Part, role: Role, all: readonly Token[]): Role {
  const opener = all[part.from]?.text ?? '';
  if (part.joined && /^(?:und|and)$/.test(opener) && before?.role === 'reason' && role !== 'request') return 'reason';
  // „ich habe Dialyse, immer Dienstag, Donnerstag und Samstag von sieben bis zwölf"
  const listed = REGULARLY.test(all[before?.part.from ?? -1]?.text ?? '') && timeBegins(all, part.from);
  if (role === 'plain' && before?.role === 'busy' && (listed || REGULARLY.test(opener))) return 'busy';
  // „die ist dienstags, donnerstags und samstags"
  const rules = all
    .slice(part.from, part.to)
    .every(({ category }) => ['weekdays', 'and', 'or', 'article'].includes(category));
  if (role === 'plain' && rules && before && BACKGROUND.has(before.role) && all[part.from - 1]?.category === 'weekdays')
    return before.role;
  // „Karfreitag fällt flach, der Ostermontag auch"
  if (before && (role === 'plain' || role === 'unsure') && isLikewise(all, part)) {
    if (before.role === 'denied') return 'busy';
    if (before.role === 'unsure' || BACKGROUND.has(before.role)) return before.role;
  }
  return role === 'plain' && opener === 'dann' && before?.role === 'past' ? 'past' : role;
}
const REGULARLY = /^(?:immer|jeweils|stets|always|normally|normalerweise|meistens|meist)$/;

/** „…, der Mittwoch auch": of so few words nothing is asked for. */
const isLikewise = (all: readonly Token[], { from, to }: Part): boolean =>
  to - from <= SHORT_PART &&
  to - from > 1 &&
  /^(?:auch|ebenso|genauso|ebenfalls|sowieso|too|neither|either|likewise)$/.test(all[to - 1]?.text ?? '') &&
  timeBegins(all, /^(?:und|and)$/.test(all[from]?.text ?? '') ? from + 1 : from);

/** „die Bienen haben jetzt Ruhe" asks for nothing. */
const isIdle = (item: Item, { part, role }: Said): boolean =>
  item.type === 'special' &&
  item.id === 'soft-earliest' &&
  (part.to - part.from > SHORT_PART || BACKGROUND.has(role) || role === 'denied');

/** What the parts around a part without words of its own make of it. */
function besideOthers(one: Said, before: Said, said: readonly Said[], at: number, all: readonly Token[]): void {
  if (one.role === 'plain' && isToldOn(one, before, said.slice(at + 1), all)) one.role = before.role;
  if (one.role === 'plain' && completes(one, before)) {
    before.items.push(...one.items);
    one.items = [];
  }
  // „…, hang on, …, Thursday at two apparently": behind a correction it is what is meant.
  const corrected = said
    .slice(0, at)
    .some((x) => !holds(x) && x.items.some((item) => item.type === 'op' && item.op.startsWith('correct')));
  const meant = /\b(?:meinte|meint|meant)\b/.test(wordsOf(all, one));
  if (one.role === 'unsure' && (corrected || meant)) one.role = 'plain';
  if (isOldBeside(one, before, said.slice(at + 1), all)) one.role = 'old';
}

/** „Samstag ist die Hochzeit, am 28., können wir am Donnerstag …": it goes with what is told. */
const isToldOn = (one: Said, before: Said, later: readonly Said[], all: readonly Token[]): boolean =>
  BACKGROUND.has(before.role) &&
  holds(before) &&
  one.items.every(isContent) &&
  !leadsBack(all, one.part) &&
  later.some((x) => x.role === 'request' && contentOf(one).every((item) => holds(x, item.type)));

/** „den Samstag, 29. Mai, um drei": the hour goes with the day before the comma. */
const completes = (one: Said, before: Said): boolean =>
  one.items.every((item) => item.type === 'time') &&
  holds(before, 'day') &&
  !holds(before, 'time') &&
  (before.role === 'request' || before.role === 'plain' || before.role === 'unsure');

/** „der alte Termin, Mittwoch um eins", „wir sind angemeldet, Dienstag um drei, ginge Donnerstag um drei": the appointment that is moved. */
function isOldBeside(one: Said, before: Said, later: readonly Said[], all: readonly Token[]): boolean {
  const says = wordsOf(all, before);
  if (
    !holds(before) &&
    /\b(?:old (?:one|appointment|slot|time)|alte[rn]? (?:termin|zeit)|bisherige[rn]?|urspruengliche[rn]?)\b/.test(says)
  )
    return true;
  const replaced = later.some(
    (x) => x.role === 'request' && isComplete(x) && isStrong(all, x.part) && isContrary(one, x),
  );
  if (!replaced || !isComplete(one)) return false;
  const owned = /^(?:mein|meine|meinen|unser|unseren|my|our)$/.test(openerOf(all, one));
  return owned || /\b(?:angemeldet|gebucht|eingetragen|booked|termin|appointment)\b/.test(says);
}
