/**
 * Two offers of which one is taken: „Mittwoch um drei oder Donnerstag um vier, ach nee, Mittwoch hab ich Elternsprechtag". What is said behind
 * both of them of the one or the other tells which; where nothing, or something else, is said of them, nobody guesses. Called by request.ts.
 */
import { type DayItem, isCorrection, type TimeItem } from '../grammar/items.ts';
import type { Item } from '../grammar/terms.ts';
import { isEnglish, UNDECIDED } from '../words/cues.ts';
import type { Token } from '../words/token.ts';
import { isFirmSpecial, sameTerm } from './contents.ts';
import type { Role } from './roles.ts';
import type { Said } from './said.ts';
import { toldOf } from './statements.ts';

type Moment = DayItem | TimeItem;

/** A day with its hour. */
interface Offer {
  items: Moment[];
  from: number;
  to: number;
}

/** A place behind both offers where one of them is named again. */
interface Mention {
  /** which of the two */
  of: 0 | 1;
  from: number;
  to: number;
}

/** Words within one offer: „Dienstag den 24. also um drei". */
const MOST_WITHIN = 3;
/** Words between the two: „oder meinetwegen am", „and if you like". */
const MOST_BETWEEN = 8;
/** Words before a mention that tell what becomes of it. */
const WORDS_BEFORE = 4;

/** The items of the offer that is taken, and the token behind the last word on it; null: there are no two, or it is not said. */
export function takenOffer(
  items: readonly Item[],
  tokens: readonly Token[],
  all: readonly Token[],
): { items: Item[]; end: number } | null {
  if (items.some(isFirmSpecial) || all.some(({ text }) => UNDECIDED.test(text))) return null;
  const at = (item: Item): [number, number] => [tokens[item.i]?.at ?? 0, (tokens[item.j - 1]?.at ?? 0) + 1];
  // „gestern" is when they were made, "the two you gave me" no hour.
  const moments = items.filter(
    (item): item is Moment =>
      (item.type === 'day' || item.type === 'time') &&
      item.j > item.i &&
      !(item.type === 'day' && (item.term.d === 'past' || (item.term.d === 'offset' && item.term.days < 0))) &&
      !(item.type === 'time' && item.bare === true && /^(?:the|die|those)$/.test(all[at(item)[0] - 1]?.text ?? '')),
  );
  const [first, second, ...more] = offersOf(moments, at);
  if (!first || !second || second.from - first.to > MOST_BETWEEN) return null;
  if (!all.slice(first.to, second.from).some(({ category, text }) => LINKS.test(text) || category === 'or'))
    return null;
  const behind = [...more.flatMap((one) => one.items)];
  if (behind.some(({ type }) => type === 'time')) return null;
  const [one, other] = withMonths(first, second, behind.find(isMonth));
  if (
    !differs(one, other) ||
    CONDITION.test(
      all
        .slice(second.to)
        .map(({ text }) => text)
        .join(' '),
    )
  )
    return null;
  const mentions = mentionsOf(behind, [one, other], all, second.to, at);
  if (mentions === null || mentions.length === 0) return null;
  const isChoice =
    all.slice(first.to, second.from).some(({ category }) => category === 'or') ||
    all.some(({ text }) => OFFERED.test(text));
  const taken = verdictOf(mentions, second.to, all, isChoice);
  if (taken === null) return null;
  return { items: [one, other][taken]?.items ?? [], end: mentions.at(-1)?.to ?? all.length };
}

/** „Dienstag um drei und Mittwoch um vier" may be two appointments, except where they were offered. */
const OFFERED =
  /^(?:angeboten|vorgeschlagen|genannt|auswahl|vorschlaege?n?|moeglichkeiten|alternativen|offers?|offered|gave|given|suggested|options?|choices?|either)$/;
/** Of these parts nothing may be asked for. */
const TOLD_ROLES: ReadonlySet<Role> = new Set<Role>(['reason', 'busy', 'other', 'old', 'denied']);

/**
 * The last word behind a correction: „Dienstag um zehn, nein stopp, da ist Elternabend, Mittwoch um elf dann". A day with its hour behind the
 * last word of correction, at the end of all that is said of time; null: there is none, or something is said of it.
 */
export function lastWord(
  items: readonly Item[],
  said: readonly Said[],
  tokens: readonly Token[],
  all: readonly Token[],
): Item[] | null {
  const corrected = items.findLastIndex(isCorrection);
  if (corrected < 0 || items.some(isFirmSpecial) || all.some(({ text }) => UNDECIDED.test(text))) return null;
  if (items.some((item) => item.type === 'op' && (item.op === 'or' || item.op === 'except' || item.op === 'instead')))
    return null;
  const isMoment = (item: Item): item is Moment => (item.type === 'day' || item.type === 'time') && item.j > item.i;
  const before = items.slice(0, corrected).filter(isMoment);
  const behind = items.slice(corrected).filter(isMoment);
  const at = (item: Item): [number, number] => [tokens[item.i]?.at ?? 0, (tokens[item.j - 1]?.at ?? 0) + 1];
  const last = behind
    .slice(-MOST_OF_ONE)
    .filter((item) => at(item)[0] >= at(behind.at(-1) ?? item)[0] - MOST_WITHIN * 2);
  const days = last.filter(({ type }) => type === 'day');
  const hours = last.filter(({ type }) => type === 'time');
  if (days.length !== 1 || hours.length !== 1) return null;
  if (!(['day', 'time'] as const).every((type) => before.some((item) => item.type === type))) return null;
  // What stands between is the day that was said first, and why it does not suit.
  const between = behind.filter((item) => !last.includes(item));
  if (between.some((x) => x.type !== 'day' || !before.some((y) => y.type === 'day' && isOneDay(x, y)))) return null;
  const home = said.find((one) => last.every((item) => one.items.includes(item)));
  const [from, to] = [Math.min(...last.map((x) => at(x)[0])), Math.max(...last.map((x) => at(x)[1]))];
  if (home === undefined || (TOLD_ROLES.has(home.role) && !SURELY_MEANT.test(wordsOf(all.slice(from))))) return null;
  if (items.some((item) => item.type === 'op' && item.op === 'neg' && (tokens[item.i]?.at ?? 0) >= from)) return null;
  if (CONDITION.test(wordsOf(all))) return null;
  const verdict = judged(all.slice(Math.max(0, from - WORDS_BEFORE), from), all.slice(from, to), all.slice(to), true);
  return verdict === 'drops' || HEDGED.test(wordsOf(all.slice(to))) ? null : last;
}
/** „Mittwoch um elf dann", „Donnerstag hab ich gemeint": whatever its clause looks like. */
const SURELY_MEANT = / (?:dann|then|bitte|please|gemeint|gmoant|gmeint|meant|(?:meine?|moan) (?:ich|i)) /;
/** A day, its date and its hour. */
const MOST_OF_ONE = 2;

const LINKS = /^(?:oder|or|und|and|dann|then)$/;
const CONDITION = /(?:^| )(?:wenn|falls|sofern|ob|if|unless|whether|vielleicht|maybe|perhaps|§doubt)(?: |$)/;

/** Runs of days and hours, the first two of which are whole; what comes behind them stands by itself. */
function offersOf(moments: readonly Moment[], at: (item: Item) => [number, number]): Offer[] {
  const out: Offer[] = [];
  for (const item of moments) {
    const [from, to] = at(item);
    const last = out.at(-1);
    const full = last?.items.some(({ type }) => type === 'day') && last.items.some(({ type }) => type === 'time');
    const goesOn =
      last &&
      out.length <= 2 &&
      from - last.to <= MOST_WITHIN &&
      (!full || isSameDate(last, item)) &&
      !isRepeated(last, item);
    if (last && goesOn) {
      last.items.push(item);
      last.to = to;
    } else out.push({ items: [item], from, to });
  }
  const [a, b] = out;
  return isWhole(a) && isWhole(b) ? out : [];
}

const isWhole = (offer: Offer | undefined): boolean => {
  const types = (offer?.items ?? []).map(({ type }) => type);
  return types.includes('day') && types.filter((type) => type === 'time').length === 1;
};

/** „Freitag um neun, den 27.": the date of the weekday before it. */
const isSameDate = (offer: Offer, item: Moment): boolean =>
  item.type === 'day' &&
  item.term.d === 'calendar' &&
  offer.items.some((x) => x.type === 'day' && x.term.d === 'weekday') &&
  !offer.items.some((x) => x.type === 'day' && x.term.d === 'calendar');

const isRepeated = (offer: Offer, item: Moment): boolean =>
  item.type === 'time' && offer.items.some(({ type }) => type === 'time');

/** „den ersten Dezember um fünf und den dritten um zwölf": the month is said once. */
function withMonths(first: Offer, second: Offer, month: Moment | undefined): [Offer, Offer] {
  const monthOf = ({ items }: Offer) =>
    items.flatMap((x) => (x.type === 'day' && x.term.d === 'calendar' && x.term.month !== null ? [x.term] : []))[0];
  const given =
    monthOf(first) ??
    monthOf(second) ??
    (month?.type === 'day' && month.term.d === 'span' && month.term.span.s === 'month'
      ? { month: month.term.span.month, year: month.term.span.year }
      : undefined);
  const filled = (offer: Offer): Offer => ({
    ...offer,
    items: offer.items.map((x) =>
      x.type === 'day' && x.term.d === 'calendar' && x.term.month === null && given !== undefined
        ? { ...x, term: { ...x.term, month: given.month, year: given.year } }
        : x,
    ),
  });
  return [filled(first), filled(second)];
}

/** „… Dezember mein ich" */
const isMonth = (item: Moment): boolean =>
  item.type === 'day' && item.term.d === 'span' && item.term.span.s === 'month' && item.term.span.month !== null;

const daysOf = ({ items }: Offer): DayItem[] => items.filter((item) => item.type === 'day');
const differs = (a: Offer, b: Offer): boolean => daysOf(a).every((x) => !daysOf(b).some((y) => isOneDay(x, y)));

/** The same day, or what of it is said again. */
function isOneDay(a: DayItem, b: DayItem): boolean {
  if (sameTerm(a, b)) return true;
  if (a.term.d === 'weekday' && b.term.d === 'weekday')
    return a.term.weekday === b.term.weekday && (a.term.which === null || b.term.which === null);
  return (
    a.term.d === 'calendar' &&
    b.term.d === 'calendar' &&
    a.term.day === b.term.day &&
    (a.term.month === null || b.term.month === null || a.term.month === b.term.month)
  );
}

const FIRST = /^(?:erste[nrsm]?|first|former)$/;
const SECOND = /^(?:zweite[nrsm]?|second|latter|letztere[nrsm]?)$/;
const OTHER = /^(?:andere[nrsm]?|other)$/;
const BEFORE_NTH = /^(?:de[nrm]|das|die|beim?|zum|the|am)$/;

/** Every place behind the offers where one of them is named; null: something else is named there. */
function mentionsOf(
  behind: readonly Moment[],
  offers: readonly [Offer, Offer],
  all: readonly Token[],
  start: number,
  at: (item: Item) => [number, number],
): Mention[] | null {
  const out: Mention[] = [];
  const isDated = offers.some((offer) => daysOf(offer).some(({ term }) => term.d === 'calendar' && term.day <= 2));
  for (const item of behind) {
    if (item.type !== 'day') return null;
    if (isMonth(item)) continue;
    const [from, to] = at(item);
    const of = offers.flatMap((offer, n) => (daysOf(offer).some((x) => isOneDay(x, item)) ? [n] : []));
    const isNth = !isDated && item.term.d === 'calendar' && item.term.month === null && item.term.day <= 2;
    if (of.length === 1) out.push({ of: of[0] === 0 ? 0 : 1, from, to });
    else if (!isNth) return null;
  }
  for (let i = start; i < all.length && !isDated; i++) {
    const [word, before] = [all[i]?.text ?? '', all[i - 1]?.text ?? ''];
    if (!BEFORE_NTH.test(before) || out.some((x) => i >= x.from && i < x.to)) continue;
    if (FIRST.test(word)) out.push({ of: 0, from: i, to: i + 1 });
    else if (SECOND.test(word)) out.push({ of: 1, from: i, to: i + 1 });
  }
  out.sort((a, b) => a.from - b.from);
  // „…, ich nehm den anderen": other than the one that was named last.
  const last = out.at(-1);
  const other = all.findLastIndex(({ text }, i) => i > (last?.to ?? start) && OTHER.test(text));
  if (last && other >= 0 && BEFORE_NTH.test(all[other - 1]?.text ?? ''))
    out.push({ of: last.of === 0 ? 1 : 0, from: other, to: other + 1 });
  return out;
}

/** Which of them is taken; null: it is not said, or not once. */
function verdictOf(
  mentions: readonly Mention[],
  start: number,
  all: readonly Token[],
  isChoice: boolean,
): 0 | 1 | null {
  const taken = new Set<0 | 1>();
  const open: Mention[] = [];
  for (const [n, mention] of mentions.entries()) {
    const before = Math.max(mentions[n - 1]?.to ?? start, mention.from - WORDS_BEFORE);
    const verdict = judged(
      all.slice(before, mention.from),
      all.slice(mention.from, mention.to),
      all.slice(mention.to, mentions[n + 1]?.from ?? all.length),
      isChoice,
    );
    if (verdict === null) open.push(mention);
    else taken.add(verdict === 'takes' ? mention.of : mention.of === 0 ? 1 : 0);
  }
  const [only, ...more] = taken;
  if (only === undefined || more.length > 0 || open.some(({ of }) => of !== only)) return null;
  return only;
}

/** What is said of a day with these words before and behind it. `isChoice`: one of them is wanted, so what hinders one speaks for the other. */
function judged(
  before: readonly Token[],
  named: readonly Token[],
  behind: readonly Token[],
  isChoice: boolean,
): 'takes' | 'drops' | null {
  // What leads to the next mention says nothing of this one.
  const cut = behind.findIndex(({ text, afterComma }, i) => i > 0 && (afterComma || LEADS_ON.test(text)));
  const clause = cut < 0 ? behind : behind.slice(0, cut);
  const conclusion = before.findLastIndex(({ text }) => LEADS_ON.test(text) || text === 'aber' || text === 'but');
  const [lead, tail] = [wordsOf(before.slice(Math.max(0, conclusion))), wordsOf(clause)];
  if (HEDGED.test(tail) || DOUBTED_BEFORE.test(lead)) return null;
  if (DROPPED_BEFORE.test(lead) || DROPPED_BEHIND.test(tail) || clause.some(({ category }) => category === 'neg'))
    return 'drops';
  if (SUITS_BEHIND.test(tail)) return 'takes';
  if (TAKEN_BEFORE.test(lead)) return 'takes';
  if (!isChoice) return null;
  if (IS_TOLD.test(tail)) return 'drops';
  const told = toldOf([...named, ...clause], isEnglish([...before, ...named, ...behind]));
  return told === null ? null : 'drops';
}

const wordsOf = (tokens: readonly Token[]): string => ` ${tokens.map(({ text }) => text).join(' ')} `;
const LEADS_ON = /^(?:also|dann|so|then|deshalb|drum|daher|bleibt|bleiben|sondern|lieber|rather)$/;
/** „Mittwoch bin ich eh in der Stadt" may speak for it. */
const HEDGED =
  / (?:eh|sowieso|ohnehin|anyway|naehe|gegend|stadt|nearby|around|vielleicht|eventuell|eher|fraglich|fragen|schauen|klaeren|sehen|weiss|wissen|gesagt|meint|meinte|sagt|sagte|said|says|check|ask|see|know|think) | (?:da|in|here|dran) $/;
/** „ist Mittwoch noch frei", „ich glaub Mittwoch hat sie gesagt" */
const DOUBTED_BEFORE =
  / (?:glaub|glaube|denk|denke|weiss|think|guess|believe|wars|war|was) | (?:ist|isses|ists|geht|ginge|passt|haben sie|is|are|do you have|ob|waere|waer)(?: (?:der|am|den|the|on|das|es|denn|noch))* $/;
const DROPPED_BEFORE =
  / (?:vergessen|vergiss|vergesst|streichen|streich|loeschen|scrap|forget|cancel|drop|strike|cross|lose|not|nicht|statt|§instead|ausser|§except|ohne) | (?:als|than)(?: (?:der|am|den|the|on))? $/;
const DROPPED_BEHIND =
  / (?:raus|weg|flach|erledigt|zurueck|gestorben|hinfaellig|passe|gegessen|streichen|loeschen|vergessen|ausfallen|aus|abhaken|knicken|unsinn|quatsch|bloedsinn|irrtum|knapp|vergeben|off|out|back|gone|dead|busy|cancel|cancelled|rubbish|nonsense|mistake|scrap|forget|drop|taken|belegt|voll) /;
const SUITS_BEHIND =
  / (?:bitte|please|passt|passts|geht|gehts|ginge|klappt|nehm|nehme|nehmen|waere|waer|lieber|besser|recht|gut|prima|super|perfekt|ideal|frei|zeit|luft|works|suits|better|best|fine|good|great|perfect|free|then|gilt|bleibt|stimmt|steht|it is) /;
const TAKEN_BEFORE =
  / (?:also|dann|bleibt|bleibts|bleib|bleibe|bleiben|nehm|nehme|nehmen|nimm|doch|lieber|gern|gerne|gilt|take|then|so|go|going|rather|prefer|keep|stick|make|ill|lets)(?: (?:ich|wir|i|we|it|for|with|to|bei|beim|dem|der|den|das|die|the|am|auf|eben|halt|nur|noch|es|bitte|doch|mal|on|sie|mir|uns))* $/;
/** „Mittwoch hab ich Elternsprechtag", "Tuesday is the school play": a verb behind it with something else. */
const IS_TOLD =
  /^ (?:(?:da|ja|leider|doch|aber|i|we) )*(?:ist|is|hab|habe|haben|hat|have|has|had|muss|must|bin|sind|am|are|kommt|ruft|faellt) (?:[a-z§]+ ){2,}| (?:ist|is) [a-z]{3,} $/;
