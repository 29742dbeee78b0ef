/** What each part of a sentence is for. Called by said.ts, choice.ts and comments.ts; looks at words alone, knows no dates. */
import type { Token } from '../words/token.ts';
import {
  ASKING,
  BECAUSE,
  CONCLUDING,
  ENGLISH_ONLY,
  FREE,
  MADE,
  MOVING,
  PAST,
  PERSON,
  REPLACED,
  SUBJECT,
  SUBJECT_NOUN,
  THOUGHT,
  WISHING,
} from '../words/cues.ts';
import { timeBegins } from '../grammar/time-begins.ts';
import { type About, isMovedTo, isOutOf, isVerb, type Part } from './parts.ts';
import { isOthersTime, outline, toldOf } from './statements.ts';

/**
 * - request: words of asking. plain: day and hour and little else. unsure: words that nothing explains.
 * - denied: what does not suit. old: the appointment that is moved. past: what was. reason, busy, other: why, the caller's own or
 *   somebody else's time.
 */
export type Role = 'request' | 'plain' | 'unsure' | 'denied' | 'old' | 'past' | 'reason' | 'busy' | 'other';

/** Words that a clause may begin with before the one that tells what it is for. */
export const LEAD_IN = /^(?:und|aber|ja|nein|ach|also|na|oh|ah|and|but|so|well|yeah|no|denn)$/;
/** Own time: „hab ich Yoga", „ich muss", „I'm in a meeting". */
const OWN =
  /^(?:hab|habe|haben|bin|sind|muss|muessen|arbeite|arbeiten|§work|sitz|sitze|steh|stehe|lieg|liege|fahre|fahr|fliege|im|ive|have|has|got|get|finish|start|am)$/;
/** A contrast or a conclusion with a day behind it leads back to the request: „aber morgen um neun bin ich da". */
const LEADS_BACK = /^(?:aber|but|dafuer|allerdings|sondern|so)$/;

const MUST_BE =
  / (?:has to|have to|needs? to|must|should|got to|would have to) be (?:before|after|by|between|from|until|till|at|around|no later|in the|on) /;
const MUSS_SEIN =
  / (?<!ich |wir )(?:muss|muesste|sollte|soll) (?:es |das |da |aber |schon )*(?:vor|nach|ab|bis|zwischen|gegen|spaetestens|fruehestens|§latest|§not-before) .*(?:sein|passieren|stattfinden|losgehen) /;

/** The role of a part, by its words; the order matters: the surer signs come first. */
export function roleOf(all: readonly Token[], part: Part, about: About): Role {
  const tokens = all.slice(part.from, part.to);
  const words = tokens.map(({ text }, i) =>
    (!about.english && ENGLISH_ONLY.has(text)) || isJob(tokens, i) ? `${text}-` : text,
  );
  const lead = words.findIndex((word) => !LEAD_IN.test(word));
  const first = Math.max(lead, 0);
  const opener = words[first] ?? '';
  const text = ` ${words.join(' ')} `;
  const rest = words.slice(first).join(' ');
  const build = outline(tokens);
  if (isReason(words, opener, all, part.from + first, about)) return 'reason';
  const replaced = (REPLACED.test(opener) && timeBegins(all, part.from + first + 1)) || isOutOf(all, part.from + first);
  if (replaced || (opener === 'nicht' && words.includes('mehr'))) return 'old';
  const labelled = /^(?:als|wie|than|alt|alte|alter|old)$/.test(opener);
  if (
    labelled &&
    (timeBegins(all, part.from + first + 1) || /^(?:termin|appointment|time|one)$/.test(words[first + 1] ?? ''))
  )
    return 'old';
  if (/^(?:bisher|bislang|urspruenglich)$/.test(opener)) return 'old';
  // „vom Dienstag runternehmen", "take me off the list for the 25th"
  if (
    / runternehmen | (?:streichen|stornieren|loeschen) | take (?:me|us|it) off /.test(text) &&
    !words.includes('nicht')
  )
    return 'old';
  // „Mittwoch ist ja Training"
  if (
    /^(?:der |am )?[a-z]+ ist (?:ja|doch) (?!(?:auch |noch |doch |sogar )?(?:gut|besser|okay|ok|super|recht|frei|schoen|prima|perfekt))/.test(
      rest,
    ) &&
    !words.some((word) => FREE.has(word))
  )
    return 'other';
  // „ach, das ist Montag": why the day before it was none.
  if (
    /^(?:ach|oh|ah|huch|mist|moment|halt|hoppla|ups|oops) (?:so )?(?:das|der|da|thats|that is) (?:(?:ist|waere|waer|war|is) )?(?:(?:ja|doch|schon|a|ein) )*§t$/.test(
      build,
    )
  )
    return 'other';
  // „eine Woche danach ist ja wieder Sonntag": says which day it is.
  if (
    /^(?:der |am |das )?§t (?:ist|waere|waer|war) (?:(?:ja|doch|leider|schon|auch) )*(?:wieder|schon|ja|leider) (?:ein )?§t$/.test(
      build,
    )
  )
    return 'other';
  if (/^eigentlich (?:sollte|soll|haette|muesste) (?:ich|wir) .*(?:kommen|da sein|dran|termin)/.test(rest))
    return 'old';
  // "you had me down for Friday at two"
  if (about.english && / (?:had|have|ve|got) (?:me|us) (?:down|booked|in) /.test(text)) return 'old';
  // „mein Termin wär am dritten Dezember um neun"
  if (about.moves && STANDS_AT.test(build)) return 'old';
  // „jetzt ist er am Dienstag um zehn"
  if (
    about.moves &&
    /^(?:(?:und|der|er|das|ich|momentan|aktuell) )*(?:jetzt|momentan|aktuell|derzeit|zurzeit|bis jetzt|currently|at the moment|right now) (?:ist|steht|liegt|waere|haben|hab|habe|bin|its|it is|im) /.test(
      rest,
    )
  )
    return 'old';
  // „dann würde ich den Dienstag dafür freigeben", „nehmen Sie mich am Dienstag raus"
  if (
    / (?:dafuer .*(?:freigeben|hergeben|abgeben|zurueckgeben)|(?:nehmen|nimm|nehmt|tragen|schmeissen) .*(?:raus|runter|weg|heraus)|tragen .*aus|(?:give|giving) up) /.test(
      text,
    )
  )
    return 'old';
  // „der Monteur sollte am 27. kommen, das bitte ändern"
  if (
    about.moves &&
    / (?:sollte|sollten|haette sollen|was supposed|were supposed) .*(?:kommen|sein|stattfinden|dran|come|be) /.test(
      text,
    )
  )
    return 'old';
  if (/^(?:neu|neue|neuer|kuenftig|richtig|korrekt|new|bleibt|bleiben|becomes?|into)$/.test(opener)) return 'request';
  // „bei uns hat es am Mittwoch um drei so gestürmt"
  if (hasHappened(tokens)) return 'past';
  const pastWord = words.some(
    (word, i) =>
      PAST.has(word) &&
      !(word.startsWith('wollte') && !isOver(words, i)) &&
      !(word === 'sagte' && words[i - 1] === 'ich'),
  );
  if (pastWord && !words.some((word) => THOUGHT.test(word)) && !words.includes('bitte'))
    return words.some((word) => MADE.test(word) || word === 'termin' || word === 'appointment') ? 'old' : 'past';
  if (words.some((word) => MADE.test(word)) && words.some((word) => OWN.test(word))) return 'old';
  if (about.moves && isOld(words, all, part)) return 'old';
  if (tokens.some((token) => token.category === 'neg' && token.text !== '§work')) return 'denied';
  if (isClosed(words) || words.includes('seit')) return 'other';
  if (isOthersTime(build)) return about.moves ? 'old' : 'other';
  const told = toldOf(tokens, about.english, build);
  if (told !== null) return told === 'others' ? 'other' : 'busy';
  // „muss um elf weg sein", "need to be gone by eleven"
  if (
    / (?:(?:ich|wir) .*(?:fertig|weg|durch|los) sein|muss (?:ich|wir) .*(?:fertig|weg|durch|los)|(?:i|we) (?:need|have|must|got) .*(?:gone|back|off)) /.test(
      text,
    )
  )
    return 'busy';
  // „aktuell bin ich um vier dran", "I'm down for Tuesday"
  if (
    words.some((word) => /^(?:aktuell|momentan|derzeit|zurzeit|currently)$/.test(word)) ||
    (about.english ? / (?:im|am|are|were) .*(?:down|booked) / : OWN_BOOKED).test(text)
  )
    return 'old';
  // "has to be before eleven", „muss vor elf sein"
  if ((text.includes(' be ') && MUST_BE.test(text)) || MUSS_SEIN.test(text)) return 'request';
  if (words.includes('leider') && words.some((word) => OWN.test(word))) return 'busy';
  // „mir hat es Mittwoch den Rücken zerlegt"
  if (/ (?:hat|hats) (?:es |das |mir |mich |uns |ihn |sie ){1,3}.*(?:zer|ver|er|ge)[a-z]{3,}t /.test(text))
    return 'past';
  // „da bin ich um drei wieder daheim": what comes of it.
  if (
    /^ (?:da|dann|und) .*(?:bin|waere|waer|sind) (?:ich|wir) (?!.* ab ).*wieder (?:daheim|zuhause|hause|zurueck|weg|fertig|raus) /.test(
      text,
    )
  )
    return 'busy';
  // „sonst sitz ich jeden Tag bis sechs an der Kasse"
  if (
    /^ (?:sonst|ansonsten|normalerweise|gewoehnlich|meistens|meist|otherwise|normally|usually) (?!.*(?:kann|koennte|gern|passt|can|could) ).*(?:ich|wir|i|we) .*(?:jeden|jede|immer|taeglich|every|always) /.test(
      text,
    )
  )
    return 'busy';
  // „drum geht bei mir nur Donnerstag um zehn"
  if (leadsBack(all, part) && /^ [a-z]+ (?:geht|gehts|ginge|passt|klappt|bleibt|kann|koennte) /.test(text))
    return 'request';
  // „um drei steh ich bei Ihnen auf der Matte"
  if (/ auf der (?:matte|schwelle) | vor (?:ihrer|eurer|der) tuer /.test(text)) return 'request';
  // „muss ich vorher zu Ihnen", „da bleibt nur der Mittwoch"
  if (
    / (?:muss|muesste|will|wollen|muessen) (?:ich|wir) .*zu (?:ihnen|euch) | (?:da|dann|so|also|somit|mir|uns) (?:bleibt|bleiben|bliebe) /.test(
      text,
    )
  )
    return 'request';
  if (
    / (?:bin|sind) (?:ich|wir) (?:[a-z]+ )*?(?:da|dann|hier|dran|bereit|bei (?:ihnen|euch|dir)|dort|there) /.test(text)
  )
    return 'request';
  if (asksFor(words) || (leadsBack(all, part) && timeBegins(all, part.from + 1))) return 'request';
  if (
    /^(?:dann|then|also)$/.test(words[0] ?? '') &&
    !isOwn(words) &&
    words.some((_, i) => timeBegins(all, part.from + i))
  )
    return 'request';
  if (isOwn(words)) return 'busy';
  if (isOther(tokens, first, all, part, about)) return 'other';
  if (about.moves && isMovedTo(all, part.from) && MOVING.test(words.at(-1) ?? '')) return 'plain';
  return tokens.some(({ category }) => category === 'unknown') ? 'unsure' : 'plain';
}

/** An appointment and its day, and no more than that. */
const STANDS_AT =
  /^(?:(?:und|also|hallo|ja|so|well|hi|and) )*(?:mein|unser|der|my|our|the) (?:[a-z]+ )?(?:[a-z]*termin|stunde|sitzung|behandlung|appointment|slot|session|booking|one) (?:(?:waere|waer|ist|liegt|steht|is|was|stands) (?:ja |eigentlich |jetzt |noch |momentan |currently |down |booked |set |for |bei ihnen |bei euch )*§t$|§t$)/;
const OWN_BOOKED =
  / (?:bin|sind|steh|stehe|stehen|hab|habe|haben) .*(?:down|booked|dran|drin|angemeldet|eingetragen|vorgemerkt|notiert|im buch|im kalender|im plan|auf der liste) /;

/** "my husband works till five": what somebody does, and no word of what suits. */
const isJob = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === 'works' &&
  (tokens[at - 1]?.category === 'unknown' ||
    PERSON.test(tokens[at - 1]?.text ?? '') ||
    /^(?:he|she)$/.test(tokens[at - 1]?.text ?? '')) &&
  /^(?:till?|until|from|late|nights|shifts|in|at|full|part|on)$/.test(tokens[at + 1]?.text ?? '');

/** „hat es … gestürmt", „mir hat es den Rücken zerlegt": with „es" behind „hat" and a participle something happened. */
const hasHappened = (tokens: readonly Token[]): boolean => {
  const has = tokens.findIndex(({ text }, i) => text === 'hats' || (text === 'hat' && tokens[i + 1]?.text === 'es'));
  return (
    has >= 0 &&
    tokens
      .slice(has)
      .some(
        ({ text, category }) =>
          category === 'unknown' &&
          /^(?:(?:an|auf|aus|ab|rein|um|hin|weg)?ge[a-z]{3,}(?:t|en)|(?:zer|ver|er)[a-z]{3,}t)$/.test(text),
      )
  );
};

/** „haben Sie Ruhetag", „da ist zu": a day is ruled out. */
const isClosed = (words: readonly string[]): boolean =>
  /^(?:(?:und|aber|ja) )?(?:sie|ihr|die|der laden|das geschaeft) (?:machen?|macht|haben|hat|habt|sperren|sperrt|oeffnen|oeffnet|schliessen|schliesst) .*(?:auf|zu|offen|geoeffnet|geschlossen|oeffnen|schliessen)$/.test(
    words.join(' '),
  ) ||
  words.some(
    (word, i) =>
      /^(?:ruhetag|feiertag|geschlossen|betriebsferien|dicht|closed|shut)$/.test(word) ||
      (/^(?:zu|raus|out|flach)$/.test(word) && i === words.length - 1),
  );

/** A contrast or a conclusion: „aber", „also dann", „deshalb". */
export const leadsBack = (all: readonly Token[], { from, to }: Part): boolean => {
  const [first, second, last] = [all[from]?.text ?? '', all[from + 1]?.text ?? '', all[to - 1]?.text ?? ''];
  return LEADS_BACK.test(first) || CONCLUDING.has(first) || CONCLUDING.has(second) || /^(?:dann|then)$/.test(last);
};

/** Words that only a request has. */
const STRONG =
  /^(?:nehmen|nehm|sagen|lets|take|trag|tragen|schreiben|bitte|gern|gerne|haette|haetten|moechte|moechten|wuerde|wuerden|brauche|braeuchte|nehme|waere|waeren|please|like|would|could|book)$/;
/** Whether a part asks in words for what it says. */
export const isStrong = (all: readonly Token[], { from, to }: Part): boolean =>
  all
    .slice(from, to)
    .some(
      ({ text }, i) =>
        STRONG.test(text) ||
        /^(?:haben sie|kann ich|koennen wir|can i|could i|can we)$/.test(`${text} ${all[from + i + 1]?.text ?? ''}`),
    );

/** „besser", „lieber", „stattdessen": what follows is in place of what was said. */
export const replaces = (all: readonly Token[], { from, to }: Part): boolean =>
  all.slice(from, from + 2).some(({ text }) => /^(?:besser|lieber|eher|better|rather)$/.test(text)) ||
  all.slice(from, to).some(({ text }) => /^(?:stattdessen|instead|dagegen|hingegen)$/.test(text)) ||
  isBetter(all.slice(from, to)) ||
  // „Dienstag um zehn, äh, Donnerstag um elf"
  /^(?:aehm?|oehm?|aeh|ehm?|uhm?|erm?|umm|hmm?|ups|hoppla|oops|whoops)$/.test(all[from]?.text ?? '') ||
  // „am 25. und 26. hab ich frei, am liebsten am 26. um zehn"
  /^(?:am (?:aller)?(?:liebsten|besten)|vorzugsweise (?:am|den|um)|ideally (?:on|at|the)|preferably (?:on|at|the)) /.test(
    `${all[from]?.text ?? ''} ${all[from + 1]?.text ?? ''} `,
  ) ||
  // „also gut um vier"
  (/^(?:also|na|nun|ja|oh|okay|alright|well)$/.test(all[from]?.text ?? '') &&
    /^(?:gut|schoen|okay|ok|dann|then)$/.test(all[from + 1]?.text ?? '')) ||
  // „also eigentlich elf"
  (all.slice(from, from + 2).some(({ text }) => text === 'eigentlich') && to - from <= MOST_WORDS_OF_ANSWER);

const MOST_WORDS_OF_ANSWER = 5;

/** „wobei halb vier wär noch besser" */
const isBetter = (part: readonly Token[]): boolean =>
  (part.length <= MOST_WORDS_OF_ANSWER && /^(?:really|actually|rather)$/.test(part.at(-1)?.text ?? '')) ||
  isComparedBetter(part);

const isComparedBetter = (part: readonly Token[]): boolean =>
  /^(?:besser|lieber|better|guenstiger|nicer)$/.test(part.at(-1)?.text ?? '') &&
  part.some(({ text }) => /^(?:ist|waere|waer|passt|ginge|is|would|works)$/.test(text)) &&
  !part.some(({ text }) => /^(?:als|than|oder|or|wenn|if)$/.test(text));

const asksFor = (words: readonly string[]): boolean =>
  / (?:(?:im|am|be|is|are|at) home|(?:have|got) (?:the )?time) /.test(` ${words.join(' ')} `) ||
  words.some((word, i) => WISHING.has(word) || FREE.has(word) || ASKING.test(`${word} ${words[i + 1] ?? ''}`));

const isOwn = (words: readonly string[]): boolean =>
  words.some(
    (word, i) =>
      word === '§work' ||
      (OWN.test(word) &&
        (/^(?:ich|wir|i|we)$/.test(words[i + 1] ?? '') || /^(?:ich|wir|i|we)$/.test(words[i - 1] ?? '') || i === 0)),
  );

const isOver = (words: readonly string[], at: number): boolean =>
  words
    .slice(Math.max(0, at - 2), at + 3)
    .some((word) => /^(?:erst|zuerst|urspruenglich|first|originally)$/.test(word));

function isReason(words: readonly string[], opener: string, all: readonly Token[], at: number, about: About): boolean {
  // "although Thursday at eleven would be better"
  const anew = /^(?:obwohl|wobei|although|though)$/.test(opener) && isComparedBetter(all.slice(at, at + words.length));
  if (BECAUSE.has(opener) && opener !== 'denn') return !anew;
  if (words.includes('naemlich') && words.some((_, i) => isVerb(all, at - words.indexOf(opener) + i, about)))
    return true;
  const next = all[at + 1]?.text ?? '';
  if (opener === 'denn') return !timeBegins(all, at + 1);
  // "since my shift ends at two"
  const owned =
    /^(?:since|as|while)$/.test(opener) && /^(?:my|our|the|his|her|their|your|you|theres|youre)$/.test(next);
  if (owned && words.some((_, i) => i > 1 && (isVerb(all, at + i, about) || /[^s]s$/.test(words[i] ?? ''))))
    return true;
  if (/^(?:since|as|before|after|bis|while|when)$/.test(opener)) return SUBJECT.has(next);
  // „da mein Sohn erst um drei kommt"; „da hab ich Zeit" is no reason.
  return opener === 'da' && !isVerb(all, at + 1, about) && !timeBegins(all, at + 1) && words.length > 4;
}

/** In a sentence that moves an appointment: the part that holds the old one. */
function isOld(words: readonly string[], all: readonly Token[], part: Part): boolean {
  if (isMovedTo(all, part.from) || isMovedTo(all, part.from + 1)) return false;
  // "could you swap my Tuesday for Thursday"
  if (words.some((word) => /^(?:swap|change|exchange|trade)$/.test(word)) && all[part.to]?.text === 'for') return true;
  // „vorziehen bitte vom fünfzehnten auf den achten"
  if (isMovedTo(all, part.to) && words.some((_, i) => timeBegins(all, part.from + i))) return true;
  if (words.some((word) => /^(?:bitte|lieber|neu|stattdessen|gern|gerne)$/.test(word))) return false;
  if (words.some((_, i) => isMovedTo(all, part.from + i))) return false;
  // „ich hätte da am Dienstag einen Termin" beside „und würde den gern verlegen"
  const stands = words.includes('haette') && words.includes('termin') && words.includes('da');
  if (!stands && words.some((word) => /^(?:waere|waer|ginge|besser|passt|moechte|haette|would|could)$/.test(word)))
    return false;
  // „den ich am Samstag habe"
  const relative = /^(?:den|der|die|das|was|which|that)$/.test(words[0] ?? '') && SUBJECT.has(words[1] ?? '');
  return (
    relative ||
    words.some((word) => /^(?:termin|appointment|von|vom|from|hab|habe|haben|steh|stehe|raus|my)$/.test(word))
  );
}

/** „mein Zug fährt um drei", „um drei läuft meine Serie": a subject that is no caller, with its verb. */
function isOther(tokens: readonly Token[], first: number, all: readonly Token[], part: Part, about: About): boolean {
  const verbAt = (i: number): boolean =>
    isVerb(all, part.from + i, about) || (tokens[i]?.category === 'unknown' && /[^s]t$/.test(tokens[i]?.text ?? ''));
  const subjectAt = (i: number): boolean =>
    SUBJECT_NOUN.test(tokens[i]?.text ?? '') &&
    (tokens[i + 1]?.category === 'unknown' || PERSON.test(tokens[i + 1]?.text ?? ''));
  // „die ist um 14 Uhr", „der geht bis drei": what was named before.
  if (
    /^(?:der|die)$/.test(tokens[first]?.text ?? '') &&
    /^(?:ist|dauert|beginnt|faengt|laeuft)$/.test(tokens[first + 1]?.text ?? '')
  )
    return tokens[first]?.afterComma === true;
  if (subjectAt(first)) return tokens.some((_, i) => i > first + 1 && verbAt(i));
  return tokens.some((_, i) => i > 0 && verbAt(i) && subjectAt(i + 1));
}
