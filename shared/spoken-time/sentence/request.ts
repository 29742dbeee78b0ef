/**
 * Which of the items of a sentence are what the caller asks for: parts get roles, and what belongs to reasons, to the past, to others or
 * to the appointment that is moved is left out with its reason. Called by read-text.ts; docs/spoken-sentences.md tells the rules.
 */
import type { SkippedToken, SkipReason } from '../grammar/phrase.ts';
import type { ReadPhrase } from '../grammar/read-items.ts';
import type { DayTerm, Item } from '../grammar/terms.ts';
import type { Token } from '../words/token.ts';
import { requested } from './choice.ts';
import { type Content, isContent, isCorrection } from '../grammar/items.ts';
import { doubtAt, isFirmSpecial, areOneSort, sameTerm } from './contents.ts';
import { isOffTopic } from './off-topic.ts';
import { isInquiry } from './inquiries.ts';
import { takenOffer } from './offers.ts';
import { BACKGROUND, contentOf, holds, type Said, sayings, spoken, wordsOf } from './said.ts';
import { toldOf } from './statements.ts';
import { isUnasked } from './unasked.ts';
import { unsettled } from './unsettled.ts';
import { isEnglish, UNDECIDED } from '../words/cues.ts';

/** Of so many words one that is not known is noise: where it was a day, nothing is read and the day is asked. */
const LONG_PHRASE = 8;

/** What counts, and the days that were denied in parts that do not. */
interface Requested extends ReadPhrase {
  denied: DayTerm[];
  /** every part of the sentence */
  said: Said[];
  /** what was said tells that nothing may be booked yet, whichever day and hour are meant */
  isOpen: boolean;
  /** of two offers one was taken in so many words: nothing is left to weigh */
  isSettled: boolean;
}

/** „aber nicht morgen": days denied by themselves in a part that was left out; one with an hour may be denied for its hour. */
const deniedDays = (said: readonly Said[], items: readonly Item[]): DayTerm[] =>
  said
    .filter((one) => one.role === 'denied' && !holds(one, 'time') && one.items[0]?.type === 'op')
    .flatMap((one) => one.items)
    .flatMap((item, k, all) =>
      item.type === 'day' && all[k - 1]?.type === 'op' && !items.includes(item) ? [item.term] : [],
    );

/** The reading without what nobody asks for. `all`: every token of the phrase. */
export function requestOf(read: ReadPhrase, all: readonly Token[]): Requested {
  const said = sayings(read, all);
  if (isOffTopic(read, all))
    return {
      items: [],
      tokens: read.tokens,
      skipped: [...read.skipped, ...leftOut(read, said, [])],
      denied: [],
      said,
      isOpen: true,
      isSettled: false,
    };
  const offer = takenOffer(read.items, read.tokens, all);
  if (offer !== null && !isWithdrawn(all, spoken(all.slice(offer.end))))
    return {
      items: offer.items,
      tokens: read.tokens,
      skipped: [...read.skipped, ...leftOut(read, said, offer.items)],
      denied: [],
      said,
      isOpen: false,
      isSettled: true,
    };
  const chosen = said.length === 1 ? wholeOf(read, said[0], all) : requested(said, homeless(read, said), all);
  const items = withoutNoise(chosen, all.length > LONG_PHRASE).sort((a, b) => a.i - b.i);
  const behind = behindLast(items, read, all);
  const count = items.length;
  if (NOTICE.test(spoken(all)) && !items.some((item) => item.type === 'special' || isCorrection(item)))
    items.push(doubtAt(read.tokens.length, 'news of an appointment'));
  if (isUndecided(read.items, all, behind) || isWithdrawn(all, behind))
    items.push(doubtAt(read.tokens.length, 'which of them'));
  if (isUnaskedFor(items, read, said, all)) items.push(doubtAt(read.tokens.length, 'what is asked for'));
  const open = unsettled(items, said, read.tokens, all);
  if (open !== null) items.push(doubtAt(read.tokens.length, open));
  if (isInquiry(items, said, all)) items.push(doubtAt(read.tokens.length, 'a question about the place'));
  return {
    items,
    tokens: parted(read.tokens, said),
    skipped: [...read.skipped, ...leftOut(read, said, items)],
    denied: deniedDays(said, items),
    said,
    isOpen: items.length > count,
    isSettled: false,
  };
}

/** Every day and hour that counts stands in clauses that ask for none. */
function isUnaskedFor(items: readonly Item[], read: ReadPhrase, said: readonly Said[], all: readonly Token[]): boolean {
  const content = items.filter(isContent);
  const holders = said.filter((one) => contentOf(one).some((item) => content.includes(item)));
  if (holders.length === 0 || items.some(isFirmSpecial)) return false;
  const english = isEnglish(all);
  const counted = new Set(content.flatMap(({ i, j }) => read.tokens.slice(i, j).map(({ at }) => at)));
  const told = holders.map(({ part, role }) =>
    isUnasked(all.slice(part.from, part.to), role, english, ({ at }) => counted.has(at)),
  );
  const asked = said.some((one) => one.role === 'request' && !holders.includes(one) && isWish(wordsOf(all, one)));
  return told.every((one) => one === 'condition' || (one === 'told' && !asked));
}
const isWish = (words: string): boolean =>
  /(?:^| )(?:bitte|gerne?|haette[n]?|moechte[n]?|wuerde[n]?|koennte[n]?|brauche?|braeuchte|nehmen?|passt|geht|ginge|kann ich|koennen|please|like|could|can|would|lets|book|trag|tragen)(?: |$)/.test(
    words,
  );

/** A sentence of one part: nothing is left out, but an appointment that is to be moved is no new one. */
const wholeOf = (read: ReadPhrase, only: Said | undefined, all: readonly Token[]): Item[] => {
  const items = read.items.filter((item) => item.type !== 'special' || only?.items.includes(item));
  const told =
    only?.role === 'old' ||
    (only !== undefined &&
      BACKGROUND.has(only.role) &&
      !items.some(isFirmSpecial) &&
      toldOf(all, isEnglish(all)) !== null) ||
    (only?.role === 'past' && HAPPENED.test(spoken(all)));
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
    '(?:kriegt|bekommt|erfaehrt|weiss|kriege?|bekomme?|erfahre?|sieht|sehe?) (?:er|sie|es|ich|wir|man) (?:[a-z]+ )*?(?:erst noch|noch nicht|erst (?:am|morgen|heute|naechste|spaeter|abends|kurzfristig))',
    '(?:weiss|erfahre?|sehe?|kriege?|bekomme?) (?:(?:ich|wir|das|es|aber|leider|auch|den|die|bescheid) )*erst|(?:wont|dont|will not) know (?:till|til|until|before)',
    'lass(?:e|en|t)? ?(?:wirs|ichs|mas|sies)|never ?mind|(?:just )?(?:leave|forget|skip) it|dont bother|muss (?:jetzt |leider |schnell |kurz )*(?:auflegen|schluss machen)|(?:have|need|got) to (?:hang up|ring off)',
    'vielleicht (?:(?:auch|aber|eben|doch|dann) )*(?:gar |lieber |ueberhaupt )?nicht|maybe not|or maybe not|oder auch (?:gar )?nicht',
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
    '(?:i|we|ill|well) (?:(?:just )?(?:have|need|got|ve got) to|must|ll|should|better) (?:first |just )?(?:check|ask|look|double check|see)',
    'weiss (?:ich )?(?:[a-z]+ ){0,5}nicht$',
    'welche[rsn]? (?:[a-z]+ ){0,5}(?:nicht klar|unklar|offen|das war|war das)$',
    'which (?:one|day|time|it) (?:it was|was it|was)',
    'brauche? (?:(?:ich|selber|selbst) )*nichts',
    '(?:so|thats|its|is|that is|it is) not possible(?: for (?:me|us))?$',
    '(?:he|she|they|doctor|boss|chief) (?:did not|didnt|hasnt|havent|has not|have not|does not|doesnt) (?:yet )?(?:say|said|tell|told|decide|decided|confirm|confirmed|answer|answered|know)(?: yet| me| us)*$',
    '(?:wollte|wollt) (?:(?:ich|es|das|ihnen|euch|dir) )*(?:[a-z]+ ){0,3}?(?:nur|bloss) (?:(?:mal|kurz|schnell|eben) )*(?:ansagen|erzaehlen|mitteilen|melden|loswerden|sagen)',
    'was machen wir (?:(?:denn|jetzt|da|nun|bloss|nur) ?)*$|(?:ja )?wann (?:(?:denn|dann|jetzt|nur|bloss|halt) ?)*$|muss (?:ich )?(?:(?:erst|mal|kurz|da|eben) )*(?:blaettern|nachschauen|nachsehen|nachgucken)(?: |$)',
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
  /(?:^| )(?:(?:wann|um wie ?viel|an welchem tag|welcher tag|welchen tag) (?:uhr )?(?:ist|war|waere|hab|habe|hatte) (?:denn |nochmal |noch |jetzt )*(?:(?:mein|unser|der|ihr) (?:[a-z]+ )?(?:[a-z]*termin|behandlung|massage)|ich)|(?:what time|when|what day|which day) (?:is|was) (?:my|our)|(?:was it|wasnt it|did (?:we|you|i) say|had we said|did we agree)(?: [^ ]+)* or|wann (?:bin )?(?:ich|wir) (?:[a-z]+ ){0,2}(?:dran|kommen soll)|war das (?:der|am|um|jetzt|nicht|nun)|when am i (?:due|booked|down))(?: |$)/;

/** The words behind the last day or hour that counts; null: none counts. */
function behindLast(items: readonly Item[], read: ReadPhrase, all: readonly Token[]): string | null {
  const last = Math.max(
    -1,
    ...items.filter(isContent).map(({ i, j }) => (j > i ? (read.tokens[j - 1]?.at ?? -1) : -1)),
  );
  return last < 0 ? null : spoken(all.slice(last + 1));
}

/** „… falls mein Chef mir freigibt", „… aber nur wenn …, sonst nicht": what is asked for hangs on something that is open. */
const DEPENDING = new RegExp(
  [
    '(?:es sei denn|assuming|presuming|supposing) (?!(?:sie|ihr|you|there|thats|its) )[a-z]+ ',
    '(?:falls|sofern|vorausgesetzt) (?:dass )?(?:mein[a-z]*|mini?|mi|unser[a-z]*) [a-z]+ ',
    '(?:der|die|das|mein[a-z]*|unser[a-z]*) [a-z]+ muss (?:[a-z]+ ){0,4}?(?:noch|erst) (?:[a-z]+ ){0,2}?(?:zustimmen|genehmigen|unterschreiben|freigeben|bestaetigen|entscheiden|absegnen|abnicken|ja sagen)',
    '(?:notieren|schreiben|buchen|tragen) sie (?:(?:das|es|mir|mich|bitte|aber|da|jetzt) )*noch (?:nichts|nix|nicht)',
    '(?:denke?|ueberlege?) (?:ich )?(?:nur|bloss|gerade|grad) laut|(?:just |only )?thinking (?:out )?(?:loud|aloud)|(?:das|es) nehme ich zurueck|ill take (?:that|it) back|cant commit|(?:am|im|are|were) (?:still|yet) (?:discuss|think|decid|mull|debat)[a-z]*|(?:still|havent|have not) (?:not )?said yes',
    '(?:das|es|des) kommt (?:(?:ganz|halt|immer|noch|ein bisschen) )*(?:drauf|darauf) an,? ob|(?:it|that) (?:all )?depends (?:on )?(?:whether|if|on)',
    '(?:and|und) (?:if|wenn|falls) (?:she|he|they|er|sie) (?:does|do|says yes|agrees|ja sagt|zusagt|das macht|das tut)',
    'part of (?:me|us) (?:[a-z]+ ){1,20}?part of (?:me|us)',
    'unless (?:work|the|my|something|anything|i|we|they|he|she|it|our) ',
    'muss (?:mein[a-z]*|unser[a-z]*|der chef|die chefin) (?:[a-z]+ ){0,4}?(?:noch|erst) (?:[a-z]+ ){0,3}?(?:sagen|zustimmen|genehmigen|unterschreiben|freigeben|fragen|klaeren|bestaetigen|entscheiden|nachsehen|schauen)',
    '(?:my|the) [a-z]+ (?:still |first )*(?:has|needs|have|need) to (?:ok|okay|agree|approve|confirm|say yes|sign)',
    '(?:hasnt|havent) (?:[a-z]+ ){0,3}?(?:signed|approved|agreed|confirmed|okayed|said yes|decided|got back)',
    'noch nicht (?:[a-z]+ ){0,2}?(?:genehmigt|unterschrieben|bestaetigt|freigegeben|zugesagt|entschieden|zugestimmt|abgesegnet)',
    '(?:aber|und|jedoch) nur (?:wenn|falls)(?! (?:die |der |frau |herr |herrn |ihr |ihre )?(?!chef|mein)[a-z]+ (?:(?:auch|dann|wirklich|noch|wieder) )*(?:da ist|dienst hat|arbeitet|frei ist|zeit hat|es macht|schneidet|das macht))|(?:but |and )?only if|sonst (?:halt |eben |dann |lieber )?nicht$|otherwise not$',
    '(?:falls|sofern|wenn|vorausgesetzt) (?:ich|wir|mein[e]?[nr]? [a-z]+|der chef|die chefin) (?:[a-z]+ ){0,5}?(?:laesst|lassen|erlaubt|zusagt|einspringt|uebernimmt|einverstanden ist|zeit hat|aufpasst|aufpassen kann|mitmacht|das auto (?:nicht )?(?:braucht|hergibt)|den wagen (?:nicht )?(?:braucht|hergibt)|freigibt|freigebe?n?|frei ?krieg[a-z]*|frei ?bekomm[a-z]*|erlaubt|mitspielt|zustimmt|ja sagt|(?:wieder |schon )?(?:laufen|gehen|auftreten|kriechen) kann|(?:wieder )?(?:gesund|fit) bin)',
    '(?:if|provided|assuming|unless) (?:i|we|my [a-z]+|the boss) (?:[a-z]+ ){0,3}?(?:lets|let|says yes|agrees|allows|gives me|can get|get (?:the )?(?:time|day) off|better by)',
  ]
    .map((turn) => `(?:^| )(?:${turn})`)
    .join('|'),
);

const isWithdrawn = (all: readonly Token[], behind: string | null): boolean =>
  ASKING_BACK.test(spoken(all)) ||
  (behind !== null && DEPENDING.test(spoken(all))) ||
  (behind !== null && WITHDRAWING.test(behind) && !CONDITIONAL.test(behind));

/** Two were named, and the caller leaves the choice to somebody: „was raten Sie mir", "I can't make up my mind". */
const CHOOSING = new RegExp(
  [
    'was (?:machen|tun|sollen) wir (?:(?:da|jetzt|denn|nun|bloss|nur) ?)*$|was nun|what (?:do|shall|should) we do|what now',
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
