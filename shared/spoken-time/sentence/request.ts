/**
 * Which of the items of a sentence are what the caller asks for: parts get roles, and what belongs to reasons, to the past, to others or
 * to the appointment that is moved is left out with its reason. Called by read-text.ts; docs/spoken-sentences.md tells the rules.
 */
import type { SkippedToken, SkipReason } from '../grammar/phrase.ts';
import type { ReadPhrase } from '../grammar/read-items.ts';
import type { Item } from '../grammar/terms.ts';
import type { Token } from '../words/token.ts';
import { requested } from './choice.ts';
import { type Content, isContent, isCorrection } from '../grammar/items.ts';
import { doubtAt, isFirmSpecial, areOneSort, sameTerm } from './contents.ts';
import { isOffTopic } from './off-topic.ts';
import { isInquiry } from './inquiries.ts';
import { BACKGROUND, holds, type Said, sayings, spoken } from './said.ts';
import { UNDECIDED } from '../words/cues.ts';

/** Of so many words one that is not known is noise: where it was a day, nothing is read and the day is asked. */
const LONG_PHRASE = 8;

/** The reading without what nobody asks for. `all`: every token of the phrase. */
export function requestOf(read: ReadPhrase, all: readonly Token[]): ReadPhrase {
  const said = sayings(read, all);
  if (isOffTopic(read, all))
    return { items: [], tokens: read.tokens, skipped: [...read.skipped, ...leftOut(read, said, [])] };
  const chosen = said.length === 1 ? wholeOf(read, said[0], all) : requested(said, homeless(read, said), all);
  const items = withoutNoise(chosen, all.length > LONG_PHRASE).sort((a, b) => a.i - b.i);
  const behind = behindLast(items, read, all);
  if (NOTICE.test(spoken(all)) && !items.some((item) => item.type === 'special' || isCorrection(item)))
    items.push(doubtAt(read.tokens.length, 'news of an appointment'));
  if (isUndecided(read.items, all, behind) || isWithdrawn(all, behind))
    items.push(doubtAt(read.tokens.length, 'which of them'));
  if (isInquiry(items, said, all)) items.push(doubtAt(read.tokens.length, 'a question about the place'));
  return { items, tokens: parted(read.tokens, said), skipped: [...read.skipped, ...leftOut(read, said, items)] };
}

/** A sentence of one part: nothing is left out, but an appointment that is to be moved is no new one. */
const wholeOf = (read: ReadPhrase, only: Said | undefined, all: readonly Token[]): Item[] => {
  const items = read.items.filter((item) => item.type !== 'special' || only?.items.includes(item));
  const told = only?.role === 'old' || (only?.role === 'past' && HAPPENED.test(spoken(all)));
  return told && only && holds(only) ? [...items, doubtAt(only.items[0]?.i ?? 0, 'the new day')] : items;
};

/** „am Dienstag um drei war niemand da" */
const HAPPENED =
  /(?:^| )(?:(?:war|waren) (?:(?:bei|in) (?:ihnen|euch|der praxis) |da |ja |leider )*(?:niemand|keiner|alles|zu|geschlossen|ich|wir|sie)|(?:was|were) (?:nobody|no one|closed|shut|awful|late)|(?:nobody|no one) (?:was|were|came))(?: |$)/;

/** Doubts about the whole sentence. */
const homeless = (read: ReadPhrase, said: readonly Said[]): Item[] =>
  read.items.filter((item) => item.type === 'doubt' && !said.some((one) => one.items.includes(item)));

/** The tokens of items that do not count, with the role of their part. */
function leftOut(read: ReadPhrase, said: readonly Said[], items: readonly Item[]): SkippedToken[] {
  const kept = new Set(items);
  // A step that found what it counts from stands where its doubt stood.
  const isKept = (item: Item): boolean =>
    kept.has(item) ||
    (item.type === 'doubt' && item.stride !== undefined && items.some((x) => x.i === item.i && x.type !== 'doubt'));
  return read.items
    .filter((item) => !isKept(item))
    .flatMap((item) => {
      const why = whyLeft(said.find((one) => one.items.includes(item)));
      return read.tokens.slice(item.i, item.j).map((token): SkippedToken => ({ token, why }));
    });
}

/** Items without a part are words of a choice or limits that nothing stands beside. */
function whyLeft(one: Said | undefined): SkipReason {
  if (one === undefined) return 'aside';
  if (BACKGROUND.has(one.role)) return one.role as SkipReason;
  return holds(one) ? 'aside' : 'unknown-word';
}

/** The tokens with a pause before the first item of each part: words between that were not read may have held the comma. */
function parted(tokens: readonly Token[], said: readonly Said[]): Token[] {
  const starts = new Set(said.slice(1).map(({ items }) => items.find((item) => item.j > item.i)?.i ?? -1));
  return tokens.map((token, i) => (starts.has(i) ? { ...token, afterComma: true } : token));
}

/** Without doubts about words that could only be a day or an hour, where both are known. */
function withoutNoise(items: readonly Item[], long: boolean): Item[] {
  const day = items.some(({ type }) => type === 'day');
  const hour = items.some(({ type }) => type === 'time');
  const special = items.some(isFirmSpecial);
  return items.filter((item) => {
    if (item.type !== 'doubt' || item.lacks === undefined) return true;
    if (special) return false;
    const known = { day, hour, either: day && hour, any: day || hour || long };
    return !known[item.lacks];
  });
}

/** Behind all that was said of days and hours: the caller asks somebody first, calls again, or asks for nothing. */
const WITHDRAWING = new RegExp(
  [
    '§undecided$',
    '(?:weiss|erfahre?|sehe?|kriege?|bekomme?) (?:(?:ich|wir|das|es|aber|leider|auch|den|die|bescheid) )*erst|(?:wont|dont|will not) know (?:till|til|until|before)',
    '(?:get|come) back to (?:you|u)|let (?:you|u) know',
    'lass(?:e|en|t)? (?:(?:ich|wir|sie) )?(?:es|das)(?: (?:doch|ganz|dann|halt|eben|auch|gleich|einfach))* (?:erst ?mal|lieber|sein|bleiben)',
    '(?:oder|or) (?:(?:eben|halt|vielleicht|auch|doch|maybe|then) )*(?:(?:gar|ueberhaupt) nicht|(?:ich|wir) (?:(?:komme?n?) (?:gar|ueberhaupt) nicht|verzichte|lass)|not at all|(?:i|ill|we) (?:wont|skip|leave|give) )',
    '(?:rufe?|meld) ?(?:ich |wir |mich |uns |sie |dann |noch |lieber |spaeter |einfach |an )*(?:noch ?mal|wieder|zurueck|spaeter)',
    'melde (?:ich )?mich(?: (?:dann|noch|noch ?mal|wieder|spaeter|lieber|morgen))*$',
    '(?:bespreche?|klaere?|ueberlege?) (?:ich )?(?:es|das|mir)|(?:think|sleep) (?:it over|on it|about it)|mull it over',
    '(?:nur|bloss) (?:mal )?(?:so )?(?:gefragt|interessehalber|aus (?:interesse|neugier))|interessehalber|(?:just|only) (?:wondering|asking|curious|checking|enquiring|inquiring)$|like to know (?:that |this |it )?(?:before|first)',
    '(?:brauche?|will|moechte|mache?) (?:(?:ich|wir|aber|auch|dann) )*(?:kein|keine|keinen) (?:neuen?|weiteren?|anderen?|ersatz|termin)',
    '(?:wont|not) (?:be )?(?:need|rebook|book|replac)[a-z]*|(?:dont|wont) (?:need|want) (?:a |an |any )?(?:new|another|other)',
    'muss (?:ich |wir |das |es |mir |aber |noch |sich )*erst(?:mal)? (?:noch )?(?:mit )?(?:[a-z]+ ){0,3}(?:fragen|klaeren|absprechen|besprechen|schauen|gucken|zeigen|ueberlegen|reden)',
    '(?:was|etwas) anderes (?:vorschlagen|finden|anbieten)',
    '(?:ring|call|phone) (?:you|u) (?:back|again)',
    '(?:have to|need to|let me|must) (?:first )?(?:check|ask|look|think|talk) .*(?:first|back|which)',
    '§ask-first',
    'weiss (?:ich )?(?:[a-z]+ ){0,5}nicht$',
    'welche[rsn]? (?:[a-z]+ ){0,5}(?:nicht klar|unklar|offen|das war|war das)$',
    'which (?:one|day|time|it) (?:it was|was it|was)',
    'brauche? (?:(?:ich|selber|selbst) )*nichts',
    '(?:das )?(?:wollte|wollt) (?:ich )?(?:nur|bloss|einfach|ihnen)(?: (?:mal|nur|bloss|einfach))* (?:hoeren|wissen|loswerden|sagen|erzaehlen)',
    '(?:ver|ab)(?:tagen|blasen)|ausfallen|faellt aus|wird (?:bei (?:mir|uns) |wohl |leider )*nichts',
    '(?:brauche?|need) (?:[a-z]+ ){0,2}(?:anderen|andere|another|different) (?:tag|termin|zeit|day|time|one|slot)',
    '(?:deswegen|deshalb|darum|drum|daher|thats why) (?:bin|ist|sind|habe?|i am|im|i have|we have) (?!.*(?:noch frei|zeit|kommen|bitte))',
  ]
    .map((turn) => `(?:${turn})`)
    .join('|'),
);
/** „ich verspäte mich am Dienstag": no appointment is asked for. */
const NOTICE = /(?:^| )(?:verspaete(?:n)? (?:ich )?(?:mich|uns)|verspaetung|running late)(?: |$)/;

/** „falls nicht, rufe ich nochmal an" */
const CONDITIONAL = /(?:^| )(?:falls|wenn|sonst|ansonsten|if|otherwise|when|unless)(?: |$)/;

/** „wann bin ich nochmal dran, war das der Dienstag": asks for an appointment that stands. */
const ASKING_BACK =
  /(?:^| )(?:(?:wann|um wie ?viel|an welchem tag|welcher tag|welchen tag) (?:uhr )?(?:ist|war|waere|hab|habe|hatte) (?:denn |nochmal |noch |jetzt )*(?:(?:mein|unser|der|ihr) (?:[a-z]+ )?(?:[a-z]*termin|behandlung|massage)|ich )|(?:what time|when|what day|which day) (?:is|was) (?:my|our)|wann (?:bin )?(?:ich|wir) (?:[a-z]+ ){0,2}(?:dran|kommen soll)|war das (?:der|am|um|jetzt|nicht|nun)|when am i (?:due|booked|down))(?: |$)/;

/** The words behind the last day or hour that counts; null: none counts. */
function behindLast(items: readonly Item[], read: ReadPhrase, all: readonly Token[]): string | null {
  const last = Math.max(
    -1,
    ...items.filter(isContent).map(({ i, j }) => (j > i ? (read.tokens[j - 1]?.at ?? -1) : -1)),
  );
  return last < 0 ? null : spoken(all.slice(last + 1));
}

const isWithdrawn = (all: readonly Token[], behind: string | null): boolean =>
  ASKING_BACK.test(spoken(all)) || (behind !== null && WITHDRAWING.test(behind) && !CONDITIONAL.test(behind));

/** Two were named, and the caller leaves the choice to somebody: „was raten Sie mir", "I can't make up my mind". */
const CHOOSING = new RegExp(
  [
    'nicht (?:recht |so recht |richtig )?entscheiden|entscheide(?:n)? kann ich|entscheiden sie|schwanke|hin ?und ?her ?gerissen|zwiegespalten',
    'was (?:raten|empfehlen|meinen|wuerden|schlagen) sie|was (?:meinst|raetst|empfiehlst) du|wozu raten sie|was waere? (?:denn |da |jetzt |ihnen )*(?:besser|gescheiter|lieber|guenstiger|schlauer)',
    '(?:welchen|welche|welches|was) (?:soll|sollte|sollen|nehm|nehme|nehmen) (?:ich|wir)',
    'make (?:up )?my mind|(?:cant|cannot) (?:choose|pick|decide)|torn|toss up|(?:what|which)(?: one| day| time)? (?:would|do|should) (?:you|i|we) (?:recommend|suggest|advise|reckon|think|take|pick|choose)|you (?:choose|pick|decide)',
  ]
    .map((turn) => `(?:^| )(?:${turn})(?: |$)`)
    .join('|'),
);

/** „ich weiß es nicht" beside a choice, „mal Mittwoch, mal Donnerstag": the caller has not decided. */
function isUndecided(items: readonly Item[], all: readonly Token[], behind: string | null): boolean {
  const count = (words: RegExp): number => all.filter(({ text }) => words.test(text)).length;
  const turns = all.filter(
    ({ text }, i) => text === 'mal' && ['weekday', 'relative', 'at', 'number'].includes(all[i + 1]?.category ?? ''),
  );
  const content = items.filter((item): item is Content => isContent(item) && item.type !== 'special');
  if (turns.length > 1) return true;
  if (count(/^(?:vielleicht|maybe|perhaps|eventuell)$/) > 1 && content.length > 1) return true;
  if (count(UNDECIDED) === 0 && !(behind !== null && CHOOSING.test(behind))) return false;
  const differ = (a: Content, b: Content): boolean => a.type === b.type && areOneSort(a, b) && !sameTerm(a, b);
  return (
    content.some((a) => content.some((b) => differ(a, b))) ||
    items.some((item) => isCorrection(item) || (item.type === 'op' && item.op === 'or'))
  );
}
