/** Which parts of a sentence count, and what becomes of the others. Called by request.ts. */
import type { Doubt, Item } from '../grammar/terms.ts';
import type { Token } from '../words/token.ts';
import { UNDECIDED } from '../words/cues.ts';
import { comments } from './comments.ts';
import { type Content, isContent, isCorrection } from '../grammar/items.ts';
import { doubtAt, sameTerm, withoutRepeated } from './contents.ts';
import { anchorLater, inherited, onSameWeekday, withMonth } from './inherited.ts';
import { leftOpen } from './open-ends.ts';
import { isStrong, leadsBack, replaces, type Role } from './roles.ts';
import { BACKGROUND, contentOf, holds, isComplete, isContrary, openerOf, type Said, TOLD, wordsOf } from './said.ts';

/** The items that count, with a doubt where it is not clear which. `about`: doubts about the whole sentence. */
export function requested(said: readonly Said[], about: readonly Item[], all: readonly Token[]): Item[] {
  markBareNumbers(said, all);
  anchorLater(said);
  const everything = [...said.flatMap(({ items }) => items), ...about];
  const content = said.filter((one) => holds(one));
  if (content.length === 0) return everything;
  const { requests, sure } = requestsOf(content);
  const nothing = doubtAt(everything.at(-1)?.j ?? 0, 'what is asked for');
  if (!sure && all.some(({ text }) => UNDECIDED.test(text))) return [...everything, nothing];
  if (requests.length === 0)
    return isTold(content, said, all) || content.some(({ role }) => role === 'old')
      ? [...everything, nothing]
      : everything;
  const picked = chosen(said, requests, all);
  const { dropped, overtaken, doubtful } = picked;
  const items = restStays(all) ? withoutOpenEnd(picked.items) : picked.items;
  const mentioned = [...dropped, ...overtaken];
  const wanted = [
    ...onSameWeekday(withMonth(withoutRepeated(items), mentioned), mentioned),
    ...(sure ? inherited(items, dropped, all) : []),
  ];
  const unclear = doubtful ?? said.find((one) => isDeniedAndWanted(one, items, wanted));
  const open = unclear
    ? [doubtAt(unclear.items[0]?.i ?? 0, 'which of them')]
    : leftOpen(wanted, dropped, overtaken, all);
  return [...wanted, ...open, ...about.filter((item) => item.type === 'doubt' && item.doubt === 'unread')];
}

/** „…, ach was red ich, nur schneiden, der Rest stimmt": what was corrected is no day and no hour. */
const restStays = (all: readonly Token[]): boolean =>
  / (?:(?:der|die) (?:rest|zeit|uhrzeit|termin) (?:stimmt|passt|bleibt|ist (?:richtig|gut|ok|okay))|(?:sonst|ansonsten) (?:stimmt|passt|bleibt) (?:alles|es)|(?:the )?rest (?:is (?:right|fine|ok|correct|good)|stays|stands)) /.test(
    ` ${all.map(({ text }) => text).join(' ')} `,
  );

/** Without corrections and denials behind the last day or hour. */
function withoutOpenEnd(items: readonly Item[]): Item[] {
  const last = items.findLastIndex(isContent);
  return items.filter((item, i) => i <= last || !(isCorrection(item) || (item.type === 'op' && item.op === 'neg')));
}

/** „um halb zwölf …, the sixty minute one": a bare number is no hour where one is said elsewhere. */
function markBareNumbers(said: readonly Said[], all: readonly Token[]): void {
  const items = said.flatMap((one) => one.items);
  const marked = items.some((item) => item.type === 'time' && item.bare !== true);
  const chooses = items.some((item) => isCorrection(item) || (item.type === 'op' && item.op === 'or'));
  if (!marked || chooses) return;
  for (const one of said) if (isBareAmongWords(one, all)) one.role = 'other';
}

/** A part whose only content is a bare number with other words around it. */
const isBareAmongWords = (one: Said, all: readonly Token[]): boolean =>
  contentOf(one).length === 1 &&
  one.items.some((item) => item.type === 'time' && item.bare === true) &&
  all.slice(one.part.from, one.part.to).filter(({ category }) => ['unknown', 'unit', 'number'].includes(category))
    .length > 1;

/** The parts that ask for something; without clear ones (`sure`) those that nothing explains. */
function requestsOf(content: readonly Said[]): { requests: Said[]; sure: boolean } {
  const of = (...roles: Role[]): Said[] => content.filter(({ role }) => roles.includes(role));
  const sure = of('request', 'plain');
  if (sure.length > 0) return { requests: sure, sure: true };
  // „Pfingstsonntag Taufe, Montag Grillen, am 18. um elf Zahnreinigung": the one that names day and hour.
  const unsure = of('unsure');
  const whole = unsure.filter(isComplete);
  return { requests: whole.length === 1 ? whole : unsure, sure: false };
}

/** Reasons, the past and other people's times, and nothing that is asked for. */
const isTold = (content: readonly Said[], said: readonly Said[], all: readonly Token[]): boolean =>
  (content.every(({ role }) => BACKGROUND.has(role)) || isHindered(content, all)) &&
  (content.length > 1 ||
    content.every(({ role }) => TOLD.has(role)) ||
    said.some((one) => one.role === 'request' && isStrong(all, one.part)) ||
    all.some(
      ({ text }, i) =>
        /^(?:danach|davor|dazwischen|hinterher|zuvor|nachher|anschliessend)$/.test(text) ||
        (text === 'vorher' && /^(?:muess?te?n?|brauche?n?|wollen|sollte?n?)$/.test(all[i + 1]?.text ?? '')),
    ));

/** „Donnerstag geht nicht, am Freitag bin ich bis sechs auf Schulung": nothing but what does not suit. */
function isHindered(content: readonly Said[], all: readonly Token[]): boolean {
  const last = content.at(-1);
  return (
    last?.role === 'busy' &&
    content.every(({ role }) => BACKGROUND.has(role) || role === 'denied') &&
    / (?:bin|sind|hab|habe|haben|muss|muessen|arbeite|arbeiten|have|got|im|were|am|are) /.test(
      ` ${wordsOf(all, last)} `,
    ) &&
    !/(?: nehmen? | §danach )/.test(` ${wordsOf(all, last)} `)
  );
}

interface Chosen {
  items: Item[];
  dropped: Said[];
  /** Parts that a later one settles. */
  overtaken: Said[];
  /** A part that may take the place of what was taken back. */
  doubtful: Said | undefined;
}

function chosen(said: readonly Said[], requests: readonly Said[], all: readonly Token[]): Chosen {
  const final = finalOf(requests, all);
  const out: Chosen = { items: [], dropped: [], overtaken: [], doubtful: undefined };
  let takenBack: Content[] = [];
  for (const [at, one] of said.entries()) {
    const next = said.slice(at + 1).find((x) => holds(x));
    if (!holds(one)) {
      if (comments(all, one.part) !== 'nothing') takenBack = out.items.filter(isContent);
      out.items.push(...besideItems(one, out.items, next, all));
    } else if (final && isOvertaken(one, final, all)) {
      out.overtaken.push(one);
      const last = out.items.findLast(isContent);
      if (last && isObjection(one, out.items, all)) out.items.push(correctionOf(last));
      if (!TOLD.has(one.role) && !requests.includes(one) && differs(one, takenBack)) out.doubtful ??= one;
    } else if (isOffer(one) && requests.some((x) => takesOne(one, x, all))) {
      out.overtaken.push(one);
    } else if (isHourOut(one, next, all)) {
      out.items.push(...one.items.filter(({ type }) => type === 'day'));
    } else if (requests.includes(one) || isNeeded(one, said[at + 1], requests, all))
      out.items.push(...startOf(one, out.items, all), ...one.items);
    else {
      const last = out.items.findLast(isContent);
      if (last && next && isObjection(one, out.items, all) && saysAnew(next, last, all))
        out.items.push(correctionOf(last));
      if (!TOLD.has(one.role) && differs(one, takenBack)) out.doubtful ??= one;
      out.dropped.push(one);
    }
  }
  return out;
}

/** What follows is in place of what was said last. */
const correctionOf = (last: Content): Item => ({ type: 'op', op: 'correct-soft', i: last.j, j: last.j });

/** „morgen um neun, ach, morgen ist ja Flohmarkt": what was said does not suit after all. */
const isObjection = (one: Said, before: readonly Item[], all: readonly Token[]): boolean =>
  (one.role === 'other' && /^(?:ach|oh|ah|huch|mist|moment|halt|hoppla|ups|oops) /.test(wordsOf(all, one))) ||
  (/ ist (?:ja|doch) |(?:^| )(?:did i say|i said|sagte ich|sag ich|sage ich)(?: |$)|(?:hab|habe|hatte) ich .*gesagt$/.test(
    wordsOf(all, one),
  ) &&
    before.some((x) => isContent(x) && contentOf(one).some((y) => sameTerm(x, y))));

/** Something else than what was taken back; „heute ist ja schon Freitag" behind „heute um drei" tells why. */
const differs = (one: Said, others: readonly Content[]): boolean =>
  !others.some((x) => x.type === 'day' && contentOf(one).some((y) => sameTerm(x, y) || isWeekdayOf(x, y))) &&
  others.some((x) => contentOf(one).some((y) => x.type === y.type && !sameTerm(x, y)));

/** „donnerstags hab ich ja Rückbildung" tells of the Thursday before it. */
const isWeekdayOf = (a: Content, b: Content): boolean =>
  a.type === 'day' &&
  b.type === 'day' &&
  a.term.d === 'weekday' &&
  b.term.d === 'every-weekday' &&
  a.term.weekday === b.term.weekday;

/** The part that settles the sentence: a conclusion with day and hour, or the only one that asks in words for both. */
function finalOf(requests: readonly Said[], all: readonly Token[]): Said | undefined {
  const last = requests.at(-1);
  if (last && isComplete(last) && leadsBack(all, last.part)) {
    const rivals = requests.filter(
      (one) => one !== last && one.role !== 'plain' && isComplete(one) && isContrary(one, last),
    );
    if (rivals.length === 0) return last;
  }
  const [only, ...more] = requests.filter((one) => isComplete(one) && isStrong(all, one.part));
  const alone = requests.every((one) => one === only || (!isComplete(one) && !isStrong(all, one.part)));
  return more.length === 0 && alone ? only : undefined;
}

/** „heute die zwei Uhr schaff ich nicht, machen Sie halb vier draus": another hour of the same day. */
const isHourOut = (one: Said, next: Said | undefined, all: readonly Token[]): boolean =>
  one.role === 'denied' &&
  isComplete(one) &&
  next?.role === 'request' &&
  holds(next, 'time') &&
  !holds(next, 'day') &&
  / (?:draus|daraus) /.test(` ${wordsOf(all, next)} `);

/** „den vierten oder den fünften": days or hours to choose from, in one part. */
const isOffer = (one: Said): boolean => {
  const at = one.items.findIndex((item) => item.type === 'op' && item.op === 'or');
  const [before, behind] = [one.items.slice(0, at).filter(isContent), one.items.slice(at + 1).filter(isContent)];
  return at >= 0 && before.some((a) => behind.some((b) => a.type === b.type && !isSameDay(a, b)));
};

/** „…, ich nehme den fünften": one of what was offered is taken, and said with everything that the offer says. */
const takesOne = (offer: Said, one: Said, all: readonly Token[]): boolean => {
  if (one.part.from <= offer.part.from || isAlternative(one, all) || !TAKING.test(` ${wordsOf(all, one)} `))
    return false;
  const said = contentOf(one);
  return (
    said.some((a) => contentOf(offer).some((b) => isSameDay(a, b))) &&
    contentOf(offer).every((b) => said.some((a) => a.type === b.type))
  );
};
const TAKING =
  / (?:nehm|nehme|nehmen|dann|also|lieber|machen wir|sagen wir|passt|passt besser|besser|bitte|ill take|take|lets|then|make it|better|go for|go with) /;

/** The same day or hour; „den fünften" is the 5th of December that was named before. */
const isSameDay = (a: Content, b: Content): boolean =>
  sameTerm(a, b) ||
  (a.type === 'day' &&
    b.type === 'day' &&
    a.term.d === 'calendar' &&
    b.term.d === 'calendar' &&
    a.term.day === b.term.day &&
    (a.term.month === null || b.term.month === null || a.term.month === b.term.month));

/** „oder Mittwoch", „sonst Mittwoch um vier" */
const isAlternative = (one: Said, all: readonly Token[]): boolean =>
  /^(?:oder|sonst|ansonsten|andernfalls|notfalls|alternativ|or|otherwise|else)$/.test(openerOf(all, one)) ||
  one.items.some((item) => item.type === 'op' && item.op === 'or');

const isOvertaken = (one: Said, final: Said, all: readonly Token[]): boolean =>
  one !== final &&
  one.part.from < final.part.from &&
  !isAlternative(one, all) &&
  (isContrary(one, final) || one.items.some((item) => item.type === 'op' && item.op === 'except'));

/** What is kept of a part that holds no day and no hour: operators, a comparison with what was said before, or that it is taken back. */
function besideItems(one: Said, before: readonly Item[], next: Said | undefined, all: readonly Token[]): Item[] {
  const told = comments(all, one.part);
  const last = before.findLast(isContent);
  if (
    last &&
    (told === 'takes-back' || told === 'denies') &&
    next &&
    saysAnew(next, last, all) &&
    !(told === 'takes-back' && isInside(next, last)) &&
    !one.items.some(isCorrection)
  )
    return [correctionOf(last)];
  // „der Mittwoch passt mir leider nicht": what was said is denied, whatever else the part says.
  if (last && told === 'denies' && !next && !one.items.some((item) => item.type === 'op' && item.op === 'neg'))
    return [doubtAt(last.j, 'what suits')];
  // „aber davor, also diesen Dienstag um fünf": what follows says when.
  if (told === 'compares' && next && isComplete(next) && leadsBack(all, next.part)) return [];
  if (told === 'compares') return one.items.map((item) => (item.type === 'doubt' ? doubtAt(item.i, item.text) : item));
  return one.items.filter((item) => {
    if (item.type === 'op')
      return item.op !== 'neg' || (told === 'denies' && last !== undefined && !one.items.some(isCorrection));
    if (item.type !== 'doubt') return false;
    // „um den Fünften herum": a day was named, though none that can be taken.
    if (NAMING_DOUBTS.has(item.doubt)) return !BACKGROUND.has(one.role) && one.role !== 'denied';
    // „25:00": an hour or a day was said and cannot be read.
    const firm = item.lacks === undefined && !BACKGROUND.has(one.role);
    return firm && (/\d/.test(item.text) || one.role === 'plain');
  });
}

/** Doubts about a day or an hour that was said; a step without an anchor is asked where it is needed. */
const NAMING_DOUBTS: ReadonlySet<Doubt> = new Set<Doubt>([
  'approximate-day',
  'day-or-hour',
  'date-or-time',
  'date-order',
]);

/** „nächste Woche, da hab ich Urlaub, der Donnerstag um neun": a day of that week, and no other one. */
const isInside = (next: Said, last: Content): boolean =>
  last.type === 'day' &&
  last.term.d === 'span' &&
  last.term.span.s !== 'stretch' &&
  contentOf(next).some((x) => x.type === 'day') &&
  contentOf(next).every((x) => x.type !== 'day' || x.term.d === 'weekday');

const saysAnew = (next: Said, last: Content, all: readonly Token[]): boolean =>
  next.role !== 'denied' &&
  !BACKGROUND.has(next.role) &&
  !/^(?:oder|or|und|and)$/.test(openerOf(all, next)) &&
  holds(next, last.type);

/** „besser zwischen zwei und vier": the part replaces what was said before. */
function startOf(one: Said, before: readonly Item[], all: readonly Token[]): Item[] {
  const last = before.findLast(isContent);
  const anew = before.some((x) => isContent(x) && holds(one, x.type));
  // „komm ich am Mittwoch erst um elf in die Stadt, also um halb zwölf bitte": what comes of it.
  const concluded =
    /^(?:also|deshalb|drum|so|dann)$/.test(openerOf(all, one)) &&
    isStrong(all, one.part) &&
    contentOf(one).every(({ type }) => type === 'time') &&
    before.some(({ type }) => type === 'day');
  if (last && anew && concluded && one.items[0]?.type !== 'op') return [correctionOf(last)];
  if (!last || !anew || !replaces(all, one.part) || one.items[0]?.type === 'op') return [];
  return [correctionOf(last)];
}

/** A part that is no clear requests and says what the requests does not. */
function isNeeded(one: Said, next: Said | undefined, requests: readonly Said[], all: readonly Token[]): boolean {
  if (next && openerOf(all, next) === 'sondern') return true;
  if (BACKGROUND.has(one.role)) return false;
  if (isAlternative(one, all)) return true;
  const known = requests.flatMap(contentOf);
  if (known.some((item) => item.type === 'special' && (item.id === 'earliest' || item.id === 'same')))
    return one.role === 'denied';
  const says = (item: Content): boolean => known.some((x) => sameTerm(x, item) && !isCorrected(x, requests));
  // What is denied is left out of days to choose from; beside one day and hour it changes nothing.
  if (one.role === 'denied') {
    const oneDay = known.some((item) => item.type === 'day' && item.term.d !== 'span' && item.term.d !== 'workdays');
    // „heute schaff ich es nicht, am zehnten Dezember": another day.
    const settled =
      oneDay && (known.some(({ type }) => type === 'time') || contentOf(one).every(({ type }) => type === 'day'));
    return !settled || contentOf(one).every(says);
  }
  return contentOf(one).every((item) => says(item) || !known.some(({ type }) => type === item.type));
}

/** „nächste Woche, ich mein übernächste": said anew behind a correction. */
const isCorrected = (item: Item, requests: readonly Said[]): boolean => {
  const items = requests.flatMap((one) => one.items);
  const corrected = items.findLastIndex(isCorrection);
  return items.indexOf(item) < corrected && items.slice(corrected).some(({ type }) => type === item.type);
};

/** „…, nicht um eins": denied directly and asked for all the same. */
const isDeniedAndWanted = (one: Said, items: readonly Item[], wanted: readonly Item[]): boolean =>
  one.role === 'denied' &&
  !one.items.every((item) => items.includes(item)) &&
  deniedOf(one).length > 0 &&
  deniedOf(one).every((x) => wanted.some((y) => isContent(y) && sameTerm(x, y)));

/** What stands behind a word of denial. */
const deniedOf = (one: Said): Content[] =>
  contentOf(one).filter((x) =>
    one.items.slice(0, one.items.indexOf(x)).some((item) => item.type === 'op' && item.op === 'neg'),
  );
