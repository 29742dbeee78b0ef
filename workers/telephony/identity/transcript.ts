/**
 * Pure: what the caller said in the signed transcript. *Said* means that it stands in a caller's turn before any agent's turn spoke it;
 * what the model knows from prompts and answers does not count against the caller, who did not hear it. Called by proof.ts.
 */
import {
  isWholeName,
  type NameOnCard,
  nameWords,
  sameSound,
  sameWord,
  spokenWords,
} from '../../../shared/person-names.ts';
import { type PhonePlace, readPhone, spokenDigits } from '../../../shared/phone.ts';
import type { TranscriptTurn } from '../call-lifecycle.ts';

/** A call of an hour has some hundred turns; beyond it the latest count. */
const MAX_TURNS = 600;
/** Introductions looked at: who names more people than these is guessing. */
const MAX_INTRODUCTIONS = 3;
/** Last digits of a number that make it that number, whatever was said in front. */
const TELLING_DIGITS = 8;

type Speaker = 'agent' | 'caller';

interface Utterance {
  speaker: Speaker;
  text: string;
  words: string[];
}

/** The turns as they are searched; system lines count as the agent's: no caller can claim them. */
export function utterances(turns: readonly TranscriptTurn[]): Utterance[] {
  return turns
    .slice(-MAX_TURNS)
    .filter((turn) => turn.text.trim() !== '')
    .map(({ role, text }) => ({ speaker: role === 'caller' ? 'caller' : 'agent', text, words: spokenWords(text) }));
}

/** From this length on one letter that speech recognition got wrong is forgiven; shorter names are one letter from everyday words (Meier, meiner). */
const FORGIVEN_LENGTH = 7;

/** A word of a turn that is this word of a name. What the agent says is written as it was spoken, callers are recognised. */
const isWord = ({ speaker, words }: Utterance, word: string): boolean =>
  words.some(
    (one) =>
      sameSound(one, word) ||
      (speaker === 'caller' && Math.min(one.length, word.length) >= FORGIVEN_LENGTH && sameWord(one, word)),
  );

/** Who spoke a word of a name first; null: neither. */
const firstToSay = (said: readonly Utterance[], word: string): Speaker | null =>
  said.find((turn) => isWord(turn, word))?.speaker ?? null;

/** Every word of a name stands in a caller's turn, even if the agent said it first: the model did not invent it. */
export const isFromCaller = (said: readonly Utterance[], name: string): boolean => {
  const wanted = nameWords(name);
  return (
    wanted.length > 0 && wanted.every((word) => said.some((turn) => turn.speaker === 'caller' && isWord(turn, word)))
  );
};

/**
 * The caller said first and last name of the card. The greeting may have spoken the first name; then the last one proves. A last name
 * that the agent spoke first proves nothing.
 */
export function saidWholeName(said: readonly Utterance[], card: NameOnCard): boolean {
  const first = nameWords(card.firstName);
  const last = nameWords(card.lastName);
  if (first.length === 0 || last.length === 0) return false;
  const lastSaid =
    last.every((word) => firstToSay(said, word) === 'caller') ||
    (last.length > 1 && firstToSay(said, last.join('')) === 'caller');
  return (
    lastSaid && (first.some((word) => firstToSay(said, word) !== null) || firstToSay(said, first.join('')) !== null)
  );
}

const INTRODUCTION =
  /(?:^|\b)(?:hier (?:ist|spricht|is)|mein name (?:ist|lautet|is)|(?:ich|i) (?:heisse|heiße|bin|hoaß|bi)|name (?:ist|lautet|is)|this is|my name is|my name's|i am|i'm|it's|spreche|speaking is|guten (?:tag|morgen|abend)|grüß (?:gott|sie)|grüezi|servus|hallo|hello|hi|moin|good (?:morning|afternoon|evening)|ja|yes)[\s,.:!-]+([\p{L}\p{M}'’.\- ]{2,60})/giu;
/** „Ich bin die Erika“, „da Huber Sepp“. */
const ARTICLE = /^(?:der|die|da|de|dr|d)$/i;
/** A bare answer to the question for the name. */
const BARE = /^\s*[\p{L}\p{M}'’.\-, ]{2,60}[.!]?\s*$/u;
const MAX_BARE_WORDS = 4;

/** The caller introduced themselves by the card's whole name, where no function passed a name on. */
export function introducedAs(said: readonly Utterance[], card: NameOnCard): boolean {
  let looked = 0;
  for (const { speaker, text, words } of said) {
    if (speaker !== 'caller') continue;
    const parts = [...text.matchAll(INTRODUCTION)].map((match) => match[1] ?? '');
    if (parts.length === 0 && words.length <= MAX_BARE_WORDS && words.length >= 2 && BARE.test(text)) parts.push(text);
    for (const part of parts) {
      if (looked >= MAX_INTRODUCTIONS) return false;
      looked++;
      // The name stands in front; the request follows ("Erika Mustermann ich hätte gern …").
      const own = part.split(/\s+/).filter((word) => word !== '' && !ARTICLE.test(word));
      for (let length = 2; length <= Math.min(4, own.length); length++)
        if (isWholeName(card, own.slice(0, length).join(' '))) return true;
    }
  }
  return false;
}

/** A number that the caller said, in digits or words, in one piece or over several turns. */
export function saidNumber(said: readonly Utterance[], e164: string, place: PhonePlace): boolean {
  const mine = said.filter(({ speaker }) => speaker === 'caller').map(({ text }) => text);
  const digits = mine.map(spokenDigits).join('');
  if (digits.includes(e164.slice(-TELLING_DIGITS)) && e164.length > TELLING_DIGITS) return true;
  return mine.some((text) => readPhone(text, place).e164 === e164);
}

// ---------------------------------------------------------------- day and hour

/** A wall clock moment, as appointments have one. */
export interface Moment {
  date: string;
  time: string;
}

/** What a phrase says of day and hour; the branch's reader, injected so that this stays pure. */
export type ReadMoment = (words: string) => { date?: string | undefined; time?: string | undefined };

/** Words at which a phrase of time may begin. */
const TIMELY =
  /\d|^(?:am|um|gegen|heute|morgen|übermorgen|uebermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|nächste[nrs]?|naechste[nrs]?|kommende[nrs]?|diese[nrs]?|halb|viertel|dreiviertel|punkt|mittag|ein|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig|den|dem|der|on|at|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|this|the|half|quarter|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/iu;
/** Longest phrase of day and hour, words; and phrases read of one call. */
const LONGEST_PHRASE = 8;
const MAX_READINGS = 400;

interface Read {
  dates: Set<string>;
  times: Set<string>;
  /** day and hour of one phrase, in the order they were said */
  moments: Moment[];
}

/** Days, hours and whole moments in a text: read as a whole, then phrase by phrase. */
function momentsIn(text: string, read: ReadMoment, budget: { left: number }): Read {
  const found: Read = { dates: new Set(), times: new Set(), moments: [] };
  const note = (phrase: string): boolean => {
    if (budget.left <= 0) return false;
    budget.left--;
    const { date, time } = read(phrase);
    if (date !== undefined) found.dates.add(date);
    if (time !== undefined) found.times.add(time);
    if (date === undefined || time === undefined) return false;
    if (!found.moments.some((one) => one.date === date && one.time === time)) found.moments.push({ date, time });
    return true;
  };
  if (note(text)) return found;
  const words = text.split(/\s+/).filter((word) => word !== '');
  for (let start = 0; start < words.length; start++) {
    if (!TIMELY.test((words[start] ?? '').replace(/^[^\p{L}\d]+/u, ''))) continue;
    // The longest phrase that holds day and hour; shorter ones give its parts.
    for (let length = Math.min(LONGEST_PHRASE, words.length - start); length >= 1; length--) {
      const phrase = words
        .slice(start, start + length)
        .join(' ')
        .replace(/[.,;:!?]+$/, '');
      if (note(phrase)) {
        start += length - 1;
        break;
      }
    }
  }
  return found;
}

/**
 * Moments that the caller said, in the order they did: a day and an hour of one turn or of several, none of them spoken by the agent
 * before. Speaking means day and hour together: an agent that lists opening days has read out nothing.
 */
export function saidMoments(said: readonly Utterance[], read: ReadMoment): Moment[] {
  const budget = { left: MAX_READINGS };
  const spokenByAgent = new Set<string>();
  const own: Moment[] = [];
  const dates = new Set<string>();
  const times = new Set<string>();
  const offer = (date: string, time: string): void => {
    if (spokenByAgent.has(`${date}T${time}`) || own.some((one) => one.date === date && one.time === time)) return;
    own.push({ date, time });
  };
  for (const { speaker, text } of said) {
    const found = momentsIn(text, read, budget);
    if (speaker === 'agent') {
      for (const { date, time } of found.moments) spokenByAgent.add(`${date}T${time}`);
      // Parts of one turn are one announcement ("am Dienstag, dem 24., um halb drei").
      for (const date of found.dates) for (const time of found.times) spokenByAgent.add(`${date}T${time}`);
      continue;
    }
    for (const { date, time } of found.moments) offer(date, time);
    for (const date of found.dates) dates.add(date);
    for (const time of found.times) times.add(time);
    for (const date of found.dates) for (const time of times) offer(date, time);
    for (const time of found.times) for (const date of dates) offer(date, time);
  }
  return own;
}
