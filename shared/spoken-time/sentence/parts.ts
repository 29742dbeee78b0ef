/**
 * Cuts what a caller said into parts: at commas and full stops, and before words that open a clause, since speech recognition often writes
 * no commas. Called by said.ts; knows no dates.
 */
import { TIMELIKE, timeBegins } from '../grammar/time-begins.ts';
import {
  AUXILIARY,
  BECAUSE,
  CONCLUDING,
  ENGLISH_ONLY,
  FINITE,
  MOVED,
  OPENING,
  PAST,
  PERSON,
  PRONOUN,
  REPLACED,
  SUBJECT,
  SUBJECT_NOUN,
  WISHING,
} from '../words/cues.ts';
import type { Category } from '../words/lexicon.ts';
import { remembered } from '../words/memo.ts';
import type { Token } from '../words/token.ts';
import { outline, toldOf } from './statements.ts';

/** Tokens `from` to `to` (exclusive), counted among all tokens of the phrase. */
export interface Part {
  from: number;
  to: number;
  /** No comma before it: only a word that opens a clause parts it from the one before. */
  joined: boolean;
}

/** What is known of the whole sentence. */
export interface About {
  /** An appointment is moved in it. */
  moves: boolean;
  english: boolean;
}

/** Whether the word at a position is a verb that clauses have; „am" and „was" are verbs in English alone. */
export function isVerb(all: readonly Token[], at: number, { english }: About): boolean {
  const word = all[at]?.text ?? '';
  return FINITE.has(word) && (english || !ENGLISH_ONLY.has(word));
}

/** The parts of a phrase in their order; each token is in one of them. */
export function partsOf(all: readonly Token[], about: About): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let at = 1; at <= all.length; at++) {
    const token = all[at];
    if (token && !(token.afterComma ? !isOneDay(all, at) : opensClause(all, from, at, about))) continue;
    parts.push({ from, to: at, joined: from > 0 && all[from]?.afterComma !== true });
    from = at;
  }
  return parts;
}

/** „Dienstag, den 24. November": the comma parts nothing. */
function isOneDay(all: readonly Token[], at: number): boolean {
  if (all[at - 1]?.category !== 'weekday') return false;
  let i = at;
  while (all[i]?.category === 'article') i++;
  return (
    ['number', 'date', 'pair', 'month', 'feast'].includes(all[i]?.category ?? '') && all[i + 1]?.category !== 'oclock'
  );
}

/** Words of no table that a clause may begin with; most of a long sentence are none, and nothing else is looked at. */
const mayOpen = remembered(
  (word) =>
    [OPENING, AUXILIARY, CONCLUDING, FINITE, SUBJECT, PRONOUN, MOVED, ASKS].some((words) => words.has(word)) ||
    SUBJECT_NOUN.test(word) ||
    LABEL.test(word) ||
    /^(?:bitte|als|wie|than|lieber|eher|besser|rather|dann|richtig|eigentlich|aktuell|momentan|derzeit|currently|bisher|bislang|urspruenglich|den|und|aber|and|but|so|id|ill|was|am|gehts|ginges|gings|passts|klappt|waer|wuerde|gibts|habts|da|davor|vorher|danach|nachher|frueher|laenger|spaeter|for|on|aus|buchen|notieren|geben|legen|setzen|lets|put|any|may|should|do|how|what)$/.test(
      word,
    ),
);
const isReplacing = (word: string): boolean => word === 'aus' || REPLACED.test(word);

/** Whether a word without a comma before it begins a clause of its own. */
function opensClause(all: readonly Token[], from: number, at: number, about: About): boolean {
  const [word, next, before] = [all[at]?.text ?? '', all[at + 1]?.text ?? '', all[at - 1]?.text ?? ''];
  if (all[at]?.category === 'unknown' && !mayOpen(word) && !isReplacing(all[from]?.text ?? '')) return false;
  if (OPENING.has(word)) {
    // „da bin ich aber nicht im Lande"
    const inside =
      word === 'aber' &&
      ((/^(?:nicht|gar|leider|auch|nur|nix)$/.test(next) && !timeBegins(all, at + 2)) ||
        // „der 17. geht aber ab drei"
        (/^(?:geht|ginge|passt|kann|koennte|waere|haette)$/.test(before) &&
          TIMELIKE.includes(all[at - 2]?.category ?? 'unknown')));
    return before !== 'und' && before !== 'and' && !inside && !(word === 'denn' && isParticle(all, from, at, about));
  }
  // „weil ich arbeite wär mir Freitag lieber": two verbs meet where the clause ends.
  if (isSubordinate(all, from) && AUXILIARY.has(word) && (PRONOUN.has(next) || isVerb(all, at - 1, about)))
    return at > from + 2;
  // „heute komm ich nicht bitte neu am Freitag"
  if (
    word === 'bitte' &&
    (next === 'neu' || timeBegins(all, at + 1)) &&
    all.slice(from, at).some(({ category }) => category === 'neg')
  )
    return true;
  if ((REPLACED.test(all[from]?.text ?? '') || isOutOf(all, from)) && endsReplaced(all, from, at)) return true;
  // „lieber Dienstag um elf als Mittwoch um eins", "Thursday rather than Friday"
  if (all[at]?.category === 'instead') return timeBegins(all, at + 1);
  if (/^(?:als|wie|than)$/.test(word) && timeBegins(all, at + 1))
    return all
      .slice(from, at)
      .some(({ text }) =>
        /^(?:lieber|besser|eher|better|rather|angenehmer|guenstiger|praktischer|gescheiter|schoener|passender)$/.test(
          text,
        ),
      );
  if (LABEL.test(word) && timeBegins(all, at + 1) && all[at + 1]?.afterComma === false) return true;
  if (endsDenial(all, from, at) || endsRefusal(all, from, at) || endsUnfit(all, from, at, about)) return true;
  // "… i said eighth I meant the ninth"
  if (
    all[at]?.category === 'correct' &&
    all.slice(from, at).some(({ text }) => PAST.has(text)) &&
    all.slice(from, at).some(({ category }) => TIMELIKE.includes(category))
  )
    return timeBegins(all, at + 1);
  if (
    /^(?:lieber|eher|besser|rather)$/.test(word) &&
    timeBegins(all, at + 1) &&
    all.slice(from, at).some(({ category }) => TIMELIKE.includes(category))
  )
    return !/^(?:oder|or|doch)$/.test(before);
  if (
    word === 'dann' &&
    (timeBegins(all, at + 1) ||
      /^(?:eben|halt|lieber|bitte|nehmen|machen|noch|doch|vielleicht|gern|gerne|einfach|eher)$/.test(next))
  )
    return at > from + 2;
  // „bleibt der Donnerstag um elf", „bleibt für mich nur der fünfte"
  if (/^(?:bleibt|bleiben)$/.test(word)) {
    let i = at + 1;
    while (
      i < at + 5 &&
      /^(?:nur|noch|mir|mich|uns|fuer|ja|also|eigentlich|bloss|eh|halt|da|dann)$/.test(all[i]?.text ?? '')
    )
      i++;
    return timeBegins(all, i) && at > from + 1;
  }
  // „… weil zu ist und ich Dienstag auf Montage bin geht bei mir erst der Mittwoch": two verbs meet.
  if (AUXILIARY.has(word) && /^(?:bin|ist|sind|hab|habe|haben|hat|muss|wird)$/.test(before)) return at > from + 2;
  if (word === 'richtig' && isVerb(all, at + 1, about)) return at > from + 2;
  if (isFronted(all, from, at, about)) return true;
  if (isToldOfDay(all, from, at, about) || isStepWithVerb(all, from, at, about)) return true;
  if (
    /^(?:eigentlich|aktuell|momentan|derzeit|currently|bisher|bislang|urspruenglich)$/.test(word) &&
    isVerb(all, at + 1, about)
  )
    return true;
  // „… hätte ich gern den fünften der im Moment noch am Mittwoch steht"
  if (
    /^(?:der|die|das|den)$/.test(word) &&
    /^(?:bisher|bislang|aktuell|derzeit|momentan|eigentlich|noch|im)$/.test(next)
  )
    return at > from + 1 && (next !== 'im' || all[at + 2]?.text === 'moment');
  // „und nicht Dienstag um elf", „und nicht wie eben gesagt Dienstag um elf"
  if (/^(?:und|aber|and|but)$/.test(word) && /^(?:nicht|not)$/.test(next)) {
    let i = at + 2;
    while (i < at + 6 && (AS_SAID.test(all[i]?.text ?? '') || MOVED.has(all[i]?.text ?? ''))) i++;
    return timeBegins(all, i);
  }
  if (CONCLUDING.has(word))
    return isVerb(all, at + 1, about) || (word === 'also' && !isVerb(all, at - 1, about) && !PRONOUN.has(before));
  // „ich muss um halb fünf am Bahnhof sein könnten wir am Mittwoch kommen"
  if (ASKS.has(word) && PRONOUN.has(next) && hasVerbAndTime(all, from, at, about)) return true;
  // „weil wir in die Oper gehen Samstag um eins"
  // In English the verb stands before its time: "because my programme starts at three".
  const itsTime = about.english && !DAY_WORDS.includes(all[at]?.category ?? 'unknown');
  if (isSubordinate(all, from) && isVerb(all, at - 1, about) && timeBegins(all, at) && at > from + 3 && !itsTime)
    // „Donnerstag um elf bitte weil der Klempner kommt am Dienstag": the request stands before.
    return !(BECAUSE.has(all[from]?.text ?? '') && all.slice(0, from).some(namesDayItself));
  if (asksAnew(all, from, at, about)) return true;
  if (suitsBehind(all, at) && (isToldBefore(all, from, at, about) || endsEnglishReason(all, from, at, about)))
    return true;
  if (/^(?:sagen|machen|nehmen)$/.test(word) && next === 'wir') return at > from + 2;
  if (about.english && word === 'so')
    return at > from + 2 && !/^(?:bad|much|many|fast|soon|long|far|that|early|late|good|quick|quickly)$/.test(next);
  if (
    /^(?:machen|nehmen|tragen|schreiben|geben|legen|setzen|kommen|buchen|notieren)$/.test(word) &&
    next === 'sie' &&
    before !== 'und'
  )
    return at > from + 2;
  // "since my sister's wedding is on the fifth i'd like the fourth"
  if (about.english && /^(?:id|ill)$/.test(word))
    return at > from + 2 && !/^(?:and|or|if|that|what|because)$/.test(before);
  // „auf den zweiten schieben was ich jetzt am neunten stehen hab"
  if (about.moves && word === 'was' && next === 'ich') return at > from + 2;
  // „das ist mir zu früh geht das auch um zwei"
  if (/^(?:geht|gehts|ginge|ginges|passt|klappt)$/.test(word) && /^(?:das|es|da|auch|vielleicht)$/.test(next))
    return at > from + 2 && all.slice(at - 2, at).some(({ category }) => category === 'neg');
  // „am liebsten wär mir der zwölfte"
  if (word === 'am' && /^(?:liebsten|besten)$/.test(next) && isVerb(all, at + 2, about)) return at > from + 2;
  // „… macht mich fertig wir sagen Samstag"
  if (word === 'wir' && /^(?:sagen|machen|nehmen)$/.test(next) && timeBegins(all, at + 2)) return at > from + 2;
  if (isOutOf(all, at)) return true;
  // „… auf Mitte Januar der Abschluss ist noch nicht fertig"
  if (SUBJECT_NOUN.test(word) && TIMELIKE.includes(all[at - 1]?.category ?? 'unknown') && isVerb(all, at + 2, about))
    return at > from + 2 && !isInReason(all, from) && (all[at + 1]?.category === 'unknown' || PERSON.test(next));
  // „wobei da hab ich ja die Kleine gibt's um zwei was"
  if (/^(?:gibts|habts)$/.test(word) && timeBegins(all, at + 1)) return at > from + 3;
  // „das schaffe ich nicht ganz können wir auf drei Uhr gehen"
  if (ASKS.has(word) && PRONOUN.has(next) && at > from + 2 && isDenial(all, from, at)) return true;
  if (/^(?:da|davor|vorher|danach|nachher|frueher|eher|laenger|spaeter)$/.test(word))
    return isVerb(all, at + 1, about) && at > from + 1;
  if (word === 'und' || word === 'and')
    return (
      opensAfterAnd(all, at + 1, about) ||
      // „nehmen Sie mich am Donnerstag raus und am Samstag wieder rein"
      (/^(?:raus|runter|heraus|weg|off|aus|ab|streichen|absagen|stornieren|loeschen|austragen|canceln|rausnehmen|freigeben|vergessen|cancelled)$/.test(
        before,
      ) &&
        timeBegins(all, at + 1))
    );
  // „… vorbeikommen ich muss nachher auf den Zug": the verb before it is no one's.
  const isFresh = word === 'ich' && /(?:en|ern|eln)$/.test(before);
  if (SUBJECT.has(word) && (isFresh || !isVerb(all, at - 1, about)) && at > from + 1)
    return (
      !isFrontedBefore(all, from, at, about) &&
      before !== 'und' &&
      before !== 'and' &&
      !OPENING.has(before) &&
      !CONCLUDING.has(before) &&
      isVerb(all, at + 1, about)
    );
  // „am Dienstag um zehn auf Donnerstag verlegen"
  if (
    about.moves &&
    word === 'for' &&
    all.slice(from, at).some(({ text }) => /^(?:swap|change|exchange|trade)$/.test(text))
  )
    return timeBegins(all, at + 1);
  // "shift it from Tuesday on Wednesday"
  if (
    about.moves &&
    word === 'on' &&
    all[at + 1]?.category === 'weekday' &&
    all.slice(from, at).some(({ text }, i) => text === 'from' && all[from + i + 1]?.category === 'weekday')
  )
    return true;
  return about.moves && isMovedTo(all, at) && all[at - 1]?.category !== 'neg' && at > from;
}

/** "Tuesday at three I have an exam": the day and the hour stand before their clause, which tells what is then. */
const isFrontedBefore = (all: readonly Token[], from: number, at: number, { english }: About): boolean =>
  english && outline(all.slice(from, at)) === '§t' && toldOf(all.slice(from, at + MOST_WORDS_AHEAD), english) === 'own';

const namesDayItself = ({ category }: Token): boolean =>
  ['weekday', 'relative', 'date', 'feast', 'month', 'which', 'clock', 'at'].includes(category);

/** „Mittwoch um neun wär gut", „Dienstag halb zehn ginge": a day that its verb says to suit. */
function suitsBehind(all: readonly Token[], at: number): boolean {
  if (!['weekday', 'relative'].includes(all[at]?.category ?? '')) return false;
  let end = at + 1;
  while (
    end < at + LONGEST_TIME &&
    (end === at || all[end]?.afterComma === false) &&
    [...TIMELIKE, 'at', 'article', 'oclock', 'from', 'until', 'approx', 'to', 'past', 'before', 'after'].includes(
      all[end]?.category ?? 'unknown',
    )
  )
    end++;
  return end > at + 1 && SUITS.test(all[end]?.text ?? '') && all[end]?.afterComma === false;
}
/** „Mittwoch um viertel vor neun" */
const LONGEST_TIME = 8;
const SUITS = /^(?:waer|waere|ginge|ginges|gings|passt|passte|passts|klappt|klappte|taet|works|suits|would)$/;

/** "since my meeting goes on till eleven | Wednesday morning would be grand" */
const endsEnglishReason = (all: readonly Token[], from: number, at: number, about: About): boolean =>
  about.english && isSubordinate(all, from) && all[at - 1]?.category !== 'neg' && hasVerbAndTime(all, from, at, about);

/** What stands before is told: it has a verb, no word of a wish and no day beside this one. */
const isToldBefore = (all: readonly Token[], from: number, at: number, about: About): boolean =>
  at > from + 3 &&
  all.slice(from, at).some((_, i) => isVerb(all, from + i, about)) &&
  ![
    'at',
    'article',
    'or',
    'and',
    'which',
    'from',
    'until',
    'of-from',
    'neg',
    'but',
    'approx',
    'between',
    'before',
    'after',
    ...TIMELIKE,
  ].includes(all[at - 1]?.category ?? '') &&
  !/^(?:dass|ob|vielleicht|maybe|auch|nur|schon|also|bitte|naechsten|wenn|falls|if)$/.test(all[at - 1]?.text ?? '');

/** „wie lange haben Sie denn donnerstags auf": „denn" in a question gives no reason. */
const isParticle = (all: readonly Token[], from: number, at: number, about: About): boolean =>
  PRONOUN.has(all[at - 1]?.text ?? '') &&
  isVerb(all, at - 2, about) &&
  (/^(?:wie|was|wann|wer|wo|welche[nrsm]?|warum)$/.test(all[from]?.text ?? '') || at - 2 === from) &&
  timeBegins(all, at + 1);

const AS_SAID =
  /^(?:mehr|wie|eben|vorhin|grad|gerade|zuerst|gesagt|besprochen|vereinbart|ausgemacht|gedacht|geplant|as|i|we|like|said|planned|agreed|before|just|longer)$/;

/** Its own verb before the word of denial, and no question: „das schaffe ich nicht". */
const isDenial = (all: readonly Token[], from: number, at: number): boolean =>
  all.slice(from, at - 1).some(({ category }) => category === 'neg') &&
  all
    .slice(from, at)
    .some(
      ({ text }, i) => /^(?:schaffe?|kann|geht|passt|klappt|will|komme?|cant|wont)$/.test(text) && from + i < at - 1,
    );

/** „… um zwölf um elf bin ich beim Bäcker": an hour with a verb behind it that another hour stands before. */
function isOwnHour(all: readonly Token[], from: number, at: number): boolean {
  if (!/^(?:um|ab)$/.test(all[at]?.text ?? '')) return false;
  const verb = [at + 2, at + 3, at + 4].find((i) => OF_HOUR.test(all[i]?.text ?? ''));
  const clock: readonly Category[] = ['number', 'half', 'quarter', 'oclock', 'clock', 'past', 'to', 'before', 'after'];
  if (verb === undefined || !PRONOUN.has(all[verb + 1]?.text ?? '')) return false;
  if (!all.slice(at + 1, verb).every(({ category }) => clock.includes(category))) return false;
  const behindHour = at > from && clock.includes(all[at - 1]?.category ?? 'unknown');
  return behindHour || (WISHED.has(all[verb]?.text ?? '') && all.slice(from, at).some(({ text }) => PAST.has(text)));
}
const OF_HOUR =
  /^(?:bin|hab|habe|haben|muss|sind|ist|kommt|hole|holen|koennte|koennten|kann|koennen|ginge|waere|komm|komme|kaeme)$/;

const ASKS: ReadonlySet<string> = new Set(
  'koennten koennte kann koennen haetten haette waere ginge passt wuerden wuerde darf duerfte moechte could can would'.split(
    ' ',
  ),
);

/** A clause of its own stands before: a verb and a day or an hour. */
function hasVerbAndTime(all: readonly Token[], from: number, at: number, about: About): boolean {
  let verb = false;
  let time = false;
  for (let i = from; i < at; i++) {
    verb ||= (isVerb(all, i, about) && !ASKS.has(all[i]?.text ?? '')) || isVerbOfNoun(all, i);
    time ||= TIMELIKE.includes(all[i]?.category ?? 'unknown');
  }
  return verb && time;
}

/** „mein Yogakurs endet": an unknown word with the ending of a verb behind a subject. */
const isVerbOfNoun = (all: readonly Token[], at: number): boolean =>
  all[at]?.category === 'unknown' &&
  /[^s]t$/.test(all[at]?.text ?? '') &&
  all[at - 1]?.category === 'unknown' &&
  SUBJECT_NOUN.test(all[at - 2]?.text ?? '');

/** "since my shift ends at two let's say …", "… could I come" */
const ENGLISH_WISH =
  /^(?:lets |put me|any chance|ill (?:take|have)|id (?:like|love|prefer|need)|i (?:need|want|was hoping|would)|(?:could|can|would|may|should) (?:i|we|you|it)|have you|do you|is there|are you|how|what)/;

/** „… muss die Kleine holen wäre Donnerstag möglich", „… kommt um neun am liebsten Mittwoch": a wish with its day behind a clause that tells. */
function asksAnew(all: readonly Token[], from: number, at: number, about: About): boolean {
  const [word, next] = [all[at]?.text ?? '', all[at + 1]?.text ?? ''];
  const begins =
    (/^(?:ginge|ginges|gings|geht|gehts|passt|passts|klappt|waere|waer|wuerde)$/.test(word) &&
      timeBegins(all, /^(?:ihnen|euch|dir|mir|es|das|da|auch|vielleicht|noch)$/.test(next) ? at + 2 : at + 1)) ||
    (word === 'am' && /^(?:liebsten|besten)$/.test(next) && timeBegins(all, at + 2)) ||
    (word === 'wie' && /^(?:waers|waere|waer|ists|ist)$/.test(next)) ||
    (about.english && isSubordinate(all, from) && ENGLISH_WISH.test(`${word} ${next}`));
  if (!begins || at < from + 3) return false;
  // „um drei wäre am besten", „der Dienstag passt mir um drei"
  if (all.slice(from, at).every(({ category }) => TIMELIKE.includes(category) || FRONTING.includes(category)))
    return false;
  return hasVerbAndTime(all, from, at, about) && !all.slice(from, at).some(({ text }) => WISHING.has(text));
}

/** „Neujahr geht nicht zweiter Januar um elf": a day behind a denial that has its own. */
function endsDenial(all: readonly Token[], from: number, at: number): boolean {
  if (/^(?:nor|neither|weder)$/.test(all[at - 1]?.text ?? '')) return false;
  if (all[at - 1]?.category !== 'neg' || at < from + 3 || ['and', 'or', 'but'].includes(all[at - 2]?.category ?? ''))
    return false;
  // „nur eben nicht auf den Mittwoch"
  if (
    MOVED.has(all[at]?.text ?? '') &&
    /^(?:nur|eben|bitte|bloss|ja|aber|but|just|please|gerade)$/.test(all[at - 2]?.text ?? '')
  )
    return false;
  let start = at;
  while (start < at + 3 && ['article', 'filler'].includes(all[start]?.category ?? '')) start++;
  const isDay =
    ['weekday', 'relative', 'date', 'feast', 'which'].includes(all[start]?.category ?? '') ||
    all[start]?.ordinal === true;
  return (
    isDay &&
    all.slice(from, at - 1).some(({ category }) => ['weekday', 'relative', 'date', 'feast', 'month'].includes(category))
  );
}

/** „Dienstag haut nicht hin Donnerstag um elf bitte": a day that is asked for behind one that does not suit, or that is taken. */
function endsUnfit(all: readonly Token[], from: number, at: number, about: About): boolean {
  const start = all[at]?.category === 'article' ? at + 1 : at;
  const pointed =
    all[start]?.category === 'which' &&
    all[start].value !== 'last' &&
    ['weekday', 'unit'].includes(all[start + 1]?.category ?? 'unknown');
  const names = pointed || DAY_WORDS.includes(all[start]?.category ?? 'unknown') || all[start]?.ordinal === true;
  if (at < from + 3 || !names) return false;
  if (/^(?:ist|is|war|wird|ja|schon|doch|erst|nur|eh|wieder|sogar)$/.test(all[at - 1]?.text ?? '')) return false;
  if (GOVERNING.test(all[at - 1]?.text ?? '') || LEADS_ON.includes(all[at - 1]?.category ?? 'unknown')) return false;
  const before = all.slice(from, at);
  if (before.at(-1)?.category === 'neg') return endsDenial(all, from, at);
  if (!all.slice(at, at + MOST_WORDS_AHEAD).some(({ text }) => WISHED_ANEW.test(text))) return false;
  const denied = before.some(({ category }, i) => category === 'neg' && i > 1) && /^§t [a-z]/.test(outline(before));
  const told = hasVerbAndTime(all, from, at, about) && !before.some(({ text }) => WISHING.has(text));
  return denied || told || toldOf(before, about.english) !== null;
}
const LEADS_ON: readonly Category[] = [
  ...TIMELIKE,
  'article',
  'at',
  'and',
  'or',
  'neg',
  'but',
  'from',
  'until',
  'which',
];
const WISHED_ANEW =
  /^(?:bitte|gerne?|ginge|geht|passt|waere|waer|wuerde?|haette|kann|lieber|nehme?n?|koennten?|koennt|dann|dafuer|please|instead|then|would|could|works|suits|fine|good)$/;

/** „… das schaff ich nicht zwischen eins und drei dann": what was said before is refused, and what follows is in its place. */
function endsRefusal(all: readonly Token[], from: number, at: number): boolean {
  if (all[at - 1]?.category !== 'neg' || !(timeBegins(all, at) || all[at]?.category === 'between')) return false;
  // „ich hab gesagt vormittags stimmt aber nicht nachmittags ginge"
  if (all.slice(Math.max(from, at - 4), at - 1).some(({ text }) => text === 'stimmt')) return true;
  if (!REFUSED.test(all[from]?.text ?? '')) return false;
  const timelike = ({ category }: Token): boolean => TIMELIKE.includes(category);
  if (all.slice(from, at).some(timelike) || !all.slice(0, from).some(timelike)) return false;
  // „da sind wir weg Dienstag um elf"
  if (all[from]?.text === 'da' && ['weekday', 'relative', 'date'].includes(all[at]?.category ?? '')) return true;
  return all.slice(at, at + MOST_WORDS_AHEAD).some(({ text }) => ANEW.test(text));
}
const REFUSED = /^(?:das|da|der|die|den|es|that|it)$/;
const ANEW = /^(?:dann|lieber|besser|eher|bitte|ginge|geht|waere|wuerde|passt|stattdessen|then|instead|please|rather)$/;
const MOST_WORDS_AHEAD = 8;

/** „alt 25.11. 17 Uhr neu 2.12. 17 Uhr" */
const LABEL = /^(?:alt|neu|bisher|bislang|kuenftig|old|new)$/;

/** „statt Dienstag lieber Donnerstag", „aus Mittwoch wird Donnerstag": where the new day or hour begins. */
function endsReplaced(all: readonly Token[], from: number, at: number): boolean {
  const said = all.slice(from + 1, at);
  if (!said.some(({ category }) => TIMELIKE.includes(category))) return false;
  const token = all[at];
  if (token?.category === 'number' && at === from + 2)
    return !['half', 'english-half', 'quarter', 'three-quarter', 'at', 'exact'].includes(all[at - 1]?.category ?? '');
  // "instead of Thursday at one make it three"
  if (token?.category === 'correct') return true;
  if (/^(?:lieber|besser|erst|bitte|gern|gerne|schon|vielleicht|rather|please)$/.test(token?.text ?? '')) return true;
  if (
    ['at', 'half', 'quarter'].includes(token?.category ?? '') &&
    said.some(({ category, ordinal }, i) => category === 'number' && !ordinal && said[i + 1]?.category !== 'month') &&
    all[at - 1]?.category !== 'at'
  )
    return (
      !said.some(({ category }) => ['weekday', 'relative'].includes(category)) || all[at - 1]?.category === 'number'
    );
  if (
    ['at', 'half', 'quarter'].includes(token?.category ?? '') &&
    said.some(({ category }) => category === 'number') &&
    all[at - 1]?.category === 'number' &&
    all[at - 1]?.ordinal !== true
  )
    return said.every(({ category }) => category !== 'weekday');
  return (
    said.every(({ category }) => category !== 'date') &&
    ['weekday', 'relative'].includes(token?.category ?? '') &&
    said.some(({ category }) => category === token?.category)
  );
}

const SAID_OF: ReadonlySet<string> = new Set(
  'ist hat haben hab habe bin kommt muss sind wird geht is has have'.split(' '),
);

/** „… am Dienstag Mittwoch ist ja Musikschule": a second day with a verb behind it is talked about. */
function isToldOfDay(all: readonly Token[], from: number, at: number, about: About): boolean {
  const start = ['article', 'at'].includes(all[at]?.category ?? '') ? at + 1 : at;
  const kind = all[start]?.category;
  // „am 13. ist Sonntag": says which day it is.
  if (all[at + 1]?.afterComma !== false && all[at - 1]?.text === 'ist') return false;
  // „übermorgen ist ja schon Sonntag" is one part.
  let verb = at - 1;
  while (/^(?:ja|doch|schon|aber|erst|auch|eh|wieder|sogar|wohl|natuerlich|leider)$/.test(all[verb]?.text ?? ''))
    verb--;
  if (verb < at - 1 && all[verb]?.text === 'ist') return false;
  if (isOwnHour(all, from, at)) return true;
  // „ach morgen ist ja Flohmarkt"
  if (all[start + 1]?.text === 'ist' && /^(?:ja|doch)$/.test(all[start + 2]?.text ?? ''))
    return kind === 'weekday' || kind === 'relative';
  if (kind === undefined || !['weekday', 'weekdays', 'relative', 'daypart', 'month', 'feast'].includes(kind))
    return false;
  if (['or', 'and', 'until', 'of-from', 'between', 'which', 'before', 'after'].includes(all[at - 1]?.category ?? ''))
    return false;
  const days: readonly Category[] =
    kind === 'weekday' || kind === 'feast' || kind === 'relative' ? ['weekday', 'feast', 'relative'] : [kind];
  const first = all.slice(from, at).findIndex(({ category }) => days.includes(category));
  // „da bin ich in Köln Dienstag dann halb elf"
  const anew = days.length > 1 && /^(?:dann|then|lieber|stattdessen)$/.test(all[start + 1]?.text ?? '');
  if (anew && all.slice(from, at).some((_, i) => isVerb(all, from + i, about))) return true;
  if (first < 0) return false;
  if (SAID_OF.has(all[start + 1]?.text ?? '') && isVerb(all, start + 1, about)) return true;
  // „Rosenmontag bin ich fort Mittwoch um zwei": a verb stands between the two days.
  return (
    days.length > 1 &&
    all
      .slice(from + first, at)
      .some((_, i) => isVerb(all, from + first + i, about) && PRONOUN.has(all[from + first + i + 1]?.text ?? ''))
  );
}

/**
 * „… ich hab was vergessen morgen um elf bring ich ihn mit", „… hab ich Kater der 17. geht": a day with its verb behind it begins a clause
 * where another clause stands before.
 */
function isFronted(all: readonly Token[], from: number, at: number, about: About): boolean {
  if (at < from + 3 || !FRONTING.includes(all[at]?.category ?? 'unknown')) return false;
  if (GOVERNING.test(all[at - 1]?.text ?? '') || FRONTING.includes(all[at - 1]?.category ?? 'unknown')) return false;
  let i = at;
  while (
    i < at + MOST_WORDS_AHEAD &&
    FRONTING.includes(all[i]?.category ?? 'unknown') &&
    (i === at || all[i]?.afterComma === false)
  )
    i++;
  if (all[i]?.afterComma !== false) return false;
  if (!all.slice(at, i).some(({ category, ordinal }) => ordinal || DAY_WORDS.includes(category))) return false;
  const suits = /^(?:geht|ginge|passt|passte|klappt|suits|works)$/.test(all[i]?.text ?? '');
  const asks = isVerb(all, i, about) && !ASKS.has(all[i]?.text ?? '') && /^(?:ich|wir)$/.test(all[i + 1]?.text ?? '');
  if (!suits && !asks) return false;
  const clause = all.slice(from, at);
  return (
    clause.some((_, k) => isVerb(all, from + k, about) && k < clause.length - 1) &&
    clause.some(({ text }) => PRONOUN.has(text) || /^(?:mein|meine|der|die|das)$/.test(text))
  );
}
const DAY_WORDS: readonly Category[] = ['weekday', 'relative', 'date', 'feast'];
const FRONTING: readonly Category[] = [
  ...DAY_WORDS,
  'article',
  'at',
  'number',
  'half',
  'quarter',
  'oclock',
  'clock',
  'daypart',
  'month',
  'which',
  'unit',
  'stage',
];
/** Behind these a day belongs to the clause before. */
const GOVERNING =
  /^(?:und|oder|ab|bis|von|vom|fuer|nach|vor|seit|gegen|zwischen|statt|auf|in|dass|weil|wenn|ob|ich|wir|and|or|from|until|for|if|that|on|nicht)$/;

const WISHED: ReadonlySet<string> = new Set([...AUXILIARY, 'would', 'could', 'works', 'suits', 'can']);

/** „… da haben Sie Ruhetag einen Tag später wäre ich da", „… hat Prüfung den Tag drauf könnte ich": the step begins what is asked for. */
function isStepWithVerb(all: readonly Token[], from: number, at: number, about: About): boolean {
  if (at < from + 2 || /^(?:article|at|one|number|couple)$/.test(all[at - 1]?.category ?? '')) return false;
  let i = at;
  while (i < at + 3 && ['article', 'at', 'one', 'number', 'couple'].includes(all[i]?.category ?? '')) i++;
  if (i === at || !['unit', 'weekday'].includes(all[i]?.category ?? '')) return false;
  const direction = all[i + 1];
  if (direction?.category !== 'step' && !/^(?:after|before)$/.test(direction?.text ?? '')) return false;
  const asks = WISHED.has(all[i + 2]?.text ?? '') || /^(?:dann|then|bitte|please)$/.test(all[i + 2]?.text ?? '');
  // „da bin ich ja im Harz die Woche danach"
  if (i + 2 >= all.length && all[from]?.text === 'da') return true;
  return asks && all.slice(from, at).some((_, k) => isVerb(all, from + k, about) || k === 1);
}

/** „könnte man aus dem Mittwoch um neun Mittwoch um drei machen": what becomes another. */
export function isOutOf(all: readonly Token[], at: number): boolean {
  if (all[at]?.text !== 'aus') return false;
  const behind = all.slice(at + 1, at + MOST_WORDS_AHEAD * 2);
  const made = behind.findIndex(({ text }) => /^(?:mach|mache|machen|macht|wird|werden|wuerde)$/.test(text));
  return made > 1 && behind.slice(0, made).filter(({ category }) => TIMELIKE.includes(category)).length > 1;
}

/** „auf Mittwoch", „to Thursday"; „quarter to three" is an hour. */
export function isMovedTo(all: readonly Token[], at: number): boolean {
  const word = all[at]?.text ?? '';
  // „in den Januar", „in die nächste Woche": where to, not when.
  if (word === 'in' && /^(?:den|die)$/.test(all[at + 1]?.text ?? ''))
    return all
      .slice(at + 2, at + 4)
      .some(({ text, category }) => category === 'month' || /^(?:woche|monat|jahr)$/.test(text));
  if (!MOVED.has(word) || !timeBegins(all, at + 1)) return false;
  // "move my two o'clock to four"
  if (word === 'to' && all[at + 1]?.category === 'number')
    return (
      (all.slice(Math.max(0, at - MOST_WORDS_OF_HOUR), at).some(({ text }) => /^(?:my|our|his|her)$/.test(text)) &&
        all[at - 1]?.category !== 'number') ||
      namesDay(all, at + 1)
    );
  return word !== 'to' || namesDay(all, at + 1);
}

const MOST_WORDS_OF_HOUR = 5;

/** A day behind „auf" or "to": „auf Mittwoch", "to the 5th"; no number that may be something else. */
export function namesDay(all: readonly Token[], at: number): boolean {
  const next = all[at]?.category === 'article' ? at + 1 : at;
  return (
    ['weekday', 'relative', 'month', 'which', 'date', 'feast', 'stage'].includes(all[next]?.category ?? '') ||
    all[next]?.ordinal === true
  );
}

/** The part that begins there is a subordinate clause, or names what is replaced. */
function isSubordinate(all: readonly Token[], from: number): boolean {
  const [first, next] = [all[from]?.text ?? '', all[from + 1]?.text ?? ''];
  return (
    BECAUSE.has(first) ||
    REPLACED.test(first) ||
    isOutOf(all, from) ||
    /^(?:wenn|falls|sobald|da|dass|ob)$/.test(first) ||
    (/^(?:since|as|while)$/.test(first) && (SUBJECT.has(next) || OWNER.test(next)))
  );
}

/** "since my shift …" */
const OWNER = /^(?:my|our|the|his|her|their|your|you|theres|youre|hes|weve|ive|im|were)$/;

/** „weil mittwochs mein Chor probt und donnerstags die Hilfe kommt": subject and verb stand at its end. */
const isInReason = (all: readonly Token[], from: number): boolean =>
  isSubordinate(all, from) ||
  all.slice(Math.max(0, from - MOST_WORDS_AHEAD), from).some(({ text }) => BECAUSE.has(text));

/** „und ich muss …", „und die Küche wird …", „und möchte …"; „Dienstag und Mittwoch" stays together. */
function opensAfterAnd(all: readonly Token[], at: number, about: About): boolean {
  const word = all[at]?.text ?? '';
  if (PRONOUN.has(word) || SUBJECT.has(word) || isVerb(all, at, about) || CONCLUDING.has(word)) return true;
  return (
    /^(?:mein|meine|unser|unsere|der|die|das|da|rein|dafuer|stattdessen|put|my|the|our)$/.test(word) &&
    !timeBegins(all, at)
  );
}
