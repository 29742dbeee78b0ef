/**
 * Checks of the whole sentence beside the reading of its parts: what two people want differently, what hangs on something that is open, and an
 * appointment that is to be „a bit later" without a new hour are asked, whatever one of the parts says alone. Called by request.ts.
 */
import { isContent } from '../grammar/items.ts';
import type { Item } from '../grammar/terms.ts';
import type { Category } from '../words/lexicon.ts';
import type { Token } from '../words/token.ts';
import { sameTerm } from './contents.ts';
import { contentOf, holds, isComplete, type Said, wordsOf } from './said.ts';
import { outline } from './statements.ts';

/** What is open about the sentence, for the doubt; null: nothing. `tokens`: the ones that items count. */
export function unsettled(
  items: readonly Item[],
  said: readonly Said[],
  tokens: readonly Token[],
  all: readonly Token[],
): string | null {
  if (!items.some(isContent)) return null;
  if (isDisputed(said, tokens, all) || isDeniedBetween(all)) return 'which of them';
  if (
    all.some(({ text }) => OPENS_CONDITION.test(text)) &&
    (isForked(said, all) || areTwoConditions(said, tokens, all))
  )
    return 'what it hangs on';
  if (isTornDate(items, tokens, all)) return 'the day of the month';
  if (isBeforeThat(items, tokens, all)) return 'the hour before it';
  return isVaguelyMoved(items, said, all) || isAskedLater(said, all) ? 'the new hour' : null;
}

/** „mein Mann will lieber Mittwoch", "my sister says Tuesday": somebody else's wish, and no word that tells what comes of it. */
const OTHERS_WISH =
  /(?:^| )(?:(?:mein|meine|unser|unsere|der|die|my|our|the) (?:[a-z]+ ){1,4}?|(?:er|die|der|sie|he|she) )(?:will|moechte|mag|sagt|meint|findet|kann|koennte|braucht|haette|bevorzugt|waere|wants|says|reckons|thinks|prefers|can|needs|would|likes) (?:[a-z]+ ){0,4}?§t/;
/** „ich lieber Donnerstag", „mein Kind aber nur Donnerstag", "I can only do Friday". */
const OWN_WISH =
  /(?:^| )(?:(?:ich|wir|i|we|id) (?:[a-z]+ ){0,4}?§t|(?:mein|meine|unser|unsere|my|our) [a-z]+ (?:[a-z]+ ){0,4}?(?:nur|lieber|only|rather|prefers|sagt|says|will|wants|meint|kann|can) (?:[a-z]+ ){0,3}?§t)/;
/** With these the caller says what becomes of it. */
const SETTLED =
  /(?:^| )(?:also|deshalb|deswegen|drum|darum|daher|einigen|geeinigt|dann|nehmen wir|machen wir|sagen wir|lets|so|agreed|settled|we can all|beide[ns]?|alle|both|passt uns|geht bei uns|bitte|please|nehme ich|nehm ich)(?: |$)/;

/** Two people want different days or hours, and nothing behind it settles which. */
function isDisputed(said: readonly Said[], tokens: readonly Token[], all: readonly Token[]): boolean {
  // A name („mein Mann August") is no day.
  const read = new Set(said.flatMap(contentOf).flatMap(({ i, j }) => tokens.slice(i, j).map(({ at }) => at)));
  const clauseOf = (one: Said): string => outline(clauseTokens(said, one, all), ({ at }) => read.has(at));
  const holders = said.filter((one) => holds(one, 'day'));
  for (const [at, one] of holders.entries()) {
    const own = clauseOf(one);
    if (!OTHERS_WISH.test(own)) continue;
    const rival = holders.slice(at + 1).find((x) => differsInDay(one, x));
    if (rival === undefined) continue;
    const theirs = clauseOf(rival);
    if (!(OTHERS_WISH.test(theirs) || OWN_WISH.test(theirs)) || SETTLED.test(theirs)) continue;
    const behind = said.slice(said.indexOf(rival) + 1);
    if (!behind.some((x) => holds(x)) && !behind.some((x) => SETTLED.test(wordsOf(all, x)))) return true;
  }
  return false;
}

/** „am ersten nicht am zweiten um elf", in one breath: which of them is denied, only the voice tells. */
const isDeniedBetween = (all: readonly Token[]): boolean =>
  all.some(
    ({ category, afterComma }, at) =>
      category === 'neg' &&
      !afterComma &&
      all[at + 1]?.afterComma === false &&
      /^(?:am|den|der)$/.test(all[at + 1]?.text ?? '') &&
      DAY_ENDS.has(all[at - 1]?.category ?? 'unknown') &&
      (all[at + 2]?.category === 'number' || all[at + 2]?.category === 'weekday') &&
      (all[at - 2]?.category === 'article' || all[at - 3]?.text === 'am' || all[at - 2]?.text === 'am'),
  );
const DAY_ENDS: ReadonlySet<Category> = new Set<Category>(['weekday', 'month', 'number', 'relative']);

const differsInDay = (a: Said, b: Said): boolean =>
  contentOf(b).some((y) => y.type === 'day' && contentOf(a).every((x) => x.type !== 'day' || !sameTerm(x, y)));

/** Its words with those of the part that it goes on („mein Kind | aber nur Donnerstag"). */
function clauseTokens(said: readonly Said[], one: Said, all: readonly Token[]): readonly Token[] {
  const before = said[said.indexOf(one) - 1];
  const from = one.part.joined && before && !holds(before) ? before.part.from : one.part.from;
  return all.slice(from, one.part.to);
}

const OPENS_CONDITION = /^(?:wenns?|falls|sofern|sollte|should|if|case|provided)$/;
/** A condition of the caller's own with what happens else: „falls meine Tochter …, schieben wir …, sonst bleibt alles". */
const FORKED =
  /(?:^| )(?:wenn|falls|sofern|if|in case|provided) (?:ich|wir|er|es|mein[a-z]*|unser[a-z]*|die|der|das|i|we|he|she|it|my|our|the) (?:(?!frei |platz |noch |was |bei |free |available )[a-z§]+ )+?(?:sonst|ansonsten|andernfalls|wenn nicht|falls nicht|otherwise|if not)(?: |$)/;
/** „sollte mein Mann arbeiten müssen, bleibt nur der Mittwoch", "should my boss say no, …" */
const INVERTED =
  /^(?:(?:und|aber|but|and|also) )*(?:sollte|should) (?:(?:der|die|das|the) (?!.*(?:frei|da|offen|moeglich|zeit|platz|termin|dienst|free|available) (?:sein|haben|be|have))[a-z]+|mein[a-z]*|unser[a-z]*|er|es|my|our|he|she|it) (?:[a-z§]+ ){0,8}?(?:muessen|koennen|duerfen|sein|haben|werden|kommen|regnen|schneien|bleiben|wollen|sagen|zustimmen|zahlen|lassen|klappen|say|have|need|want|get|be|come|rain|let|give|agree|allow|approve|release)(?= |$)/;

const isForked = (said: readonly Said[], all: readonly Token[]): boolean =>
  FORKED.test(outline(all)) ||
  said.some(({ part }) => INVERTED.test(outline(all.slice(part.from, part.from + MOST_WORDS_OF_CONDITION))));
const MOST_WORDS_OF_CONDITION = 12;

/** „wenn es trocken bleibt, am Mittwoch um eins, wenn es regnet, am Donnerstag": each condition has a day or an hour of its own. */
function areTwoConditions(said: readonly Said[], tokens: readonly Token[], all: readonly Token[]): boolean {
  const opens = all.flatMap(({ text }, at) => (OPENS_OWN.test(text) && !isIdle(all, at) ? [at] : []));
  if (opens.length < 2) return false;
  const content = said.flatMap(contentOf);
  const of = opens.map((from, n) =>
    content.filter(({ i }) => {
      const at = tokens[i]?.at ?? -1;
      return at >= from && at < (opens[n + 1] ?? all.length);
    }),
  );
  // „Dienstag um zehn, wenn …, und wenn …, Mittwoch": the first one stands behind its day.
  if (of[0]?.length === 0) of[0] = content.filter(({ i }) => (tokens[i]?.at ?? -1) < (opens[0] ?? 0));
  return of.some((one, n) =>
    of.slice(n + 1).some((other) => one.some((x) => other.some((y) => x.type === y.type && !sameTerm(x, y)))),
  );
}
const OPENS_OWN = /^(?:wenns?|falls|sofern|if)$/;
/** „wenn es geht", „als wenn", "if you like" */
const isIdle = (all: readonly Token[], at: number): boolean =>
  /^(?:als|as|even|auch|selbst|what)$/.test(all[at - 1]?.text ?? '') ||
  /^(?:moeglich|you|nicht|not|so)$/.test(all[at + 1]?.text ?? '');

/** „Dienstag der erschte Dezember" of which only the weekday and the month were understood: all Tuesdays are said with „im". */
function isTornDate(items: readonly Item[], tokens: readonly Token[], all: readonly Token[]): boolean {
  const days = items.filter((item) => item.type === 'day');
  if (days.length !== 2 || !days.some(({ term }) => term.d === 'weekday')) return false;
  return days.some(({ term, i, j }) => {
    const at = tokens[i]?.at ?? 0;
    return (
      j - i === 1 &&
      term.d === 'span' &&
      term.span.s === 'month' &&
      term.span.stage === 'whole' &&
      all[at]?.category === 'month' &&
      all[at]?.afterComma === false &&
      (all[at - 1]?.category === 'unknown' || all[at - 1]?.category === 'article') &&
      !/^(?:im|in|of|vom|ganzen|schoenen|kalten|ende|anfang|mitte|for|fuer|during|any|this|diesen)$/.test(
        all[at - 1]?.text ?? '',
      )
    );
  });
}

/** „am Donnerstag um eins hab ich ein Gespräch und müsste vorher noch zum Schneiden": how long before, nobody said. */
function isBeforeThat(items: readonly Item[], tokens: readonly Token[], all: readonly Token[]): boolean {
  const last = Math.max(...items.map(({ i, j }) => (j > i ? (tokens[j - 1]?.at ?? -1) : -1)));
  if (!items.some(({ type }) => type === 'time')) return false;
  return all.some(
    ({ text }, at) =>
      at > last &&
      /^(?:vorher|davor|zuvor|beforehand)$/.test(text) &&
      all.slice(at - 4, at + 3).some((token) => WISHES.test(token.text)),
  );
}
const WISHES = /^(?:muesste|muessten|muesst|brauche|braeuchte|brauch|braeucht|moechte|wuerde|need|want|would|id)$/;

/** „könnten wir den Dienstag um elf ein bisschen später legen": how much later, nobody said. */
const SHIFTED =
  /(?:^| )(?:spaeter|frueher|eher|later|earlier|sooner) (?:legen|verlegen|schieben|verschieben|machen|ansetzen|anfangen|beginnen|haben|nehmen|setzen|rutschen)(?: |$)|(?:^| )nach (?:hinten|vorne|vorn) (?:legen|verlegen|schieben|verschieben|ruecken|rutschen)(?: |$)/;
const MOVED_LATER =
  /(?:^| )(?:move|push|shift|make|start|put|bring|have) (?:[a-z]+ ){0,4}?§t (?:a (?:bit|little|touch) |slightly |somewhat |any )?(?:later|earlier|sooner|forward|back)(?= |$)/;

/** „den Termin am Donnerstag etwas nach hinten schieben" */
const VAGUELY =
  / (?:etwas|bisschen|bissl|bisserl|stueck|bit|little|slightly) (?:nach (?:hinten|vorne?)|spaeter|frueher|back|forward|later|earlier) (?:schieben|verschieben|legen|verlegen|ruecken|rutschen|ziehen|setzen) | (?:move|push|shift|bring) (?:[a-z0-9]+ ){1,6}?(?:back|forward|later|earlier) (?:a bit|a little|slightly) /;

/** „geht es auch etwas später" behind an hour that was said. */
const ASKED_LATER =
  /(?:^| )(?:geht|gehts|ginge|gings|koennten?|haetten?|habt|haben|waere|moeglich|could|can|is there|have you|do you have|anything|something|any chance) (?:[a-z]+ ){0,6}?(?:spaeter|frueher|eher|frueheres|spaeteres|later|earlier|sooner)$/;

/** An hour was said, then whether it can be later, and no hour behind it. */
function isAskedLater(said: readonly Said[], all: readonly Token[]): boolean {
  const at = said.findIndex((one) => !holds(one) && ASKED_LATER.test(wordsOf(all, one)));
  return at > 0 && said.slice(0, at).some((x) => holds(x, 'time')) && !said.slice(at + 1).some((x) => holds(x));
}

/** The part that compares holds all that is said, and no part behind it says a new hour. */
function isVaguelyMoved(items: readonly Item[], said: readonly Said[], all: readonly Token[]): boolean {
  if (!items.some(({ type }) => type === 'time') && VAGUELY.test(` ${all.map(({ text }) => text).join(' ')} `))
    return true;
  const one = said.find((x) => isComplete(x) && (SHIFTED.test(wordsOf(all, x)) || MOVED_LATER.test(outlineOf(x, all))));
  if (one === undefined || items.some((x) => x.type === 'time' && x.replaces !== undefined)) return false;
  // „auf sechzehn Uhr nach hinten": the new hour is said.
  if (/(?:^| )(?:auf|to|gegen) §t/.test(outlineOf(one, all))) return false;
  const hours = contentOf(one).filter(({ type }) => type === 'time');
  const later = said.slice(said.indexOf(one) + 1).some((x) => holds(x, 'time'));
  return hours.length === 1 && !later;
}

const outlineOf = (one: Said, all: readonly Token[]): string => outline(all.slice(one.part.from, one.part.to));
