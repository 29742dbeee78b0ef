/** What each part of a sentence is for. Called by wish.ts; looks at words alone, knows no dates. */
import type { Token } from '../words/token.ts';
import { ASKING, BECAUSE, ENGLISH_ONLY, FINITE, MADE, MOVED, PAST, REPLACED, SUBJECT, SUBJECT_NOUN, THOUGHT, WISHING } from './cues.ts';
import { type Part, timeBegins } from './parts.ts';

/**
 * - wish: words of wishing. plain: day and hour and little else. unsure: words that nothing explains.
 * - denied: what does not suit. old: the appointment that is moved. past: what was. reason, busy, other: why, the caller's own or
 *   somebody else's time.
 */
export type Role = 'wish' | 'plain' | 'unsure' | 'denied' | 'old' | 'past' | 'reason' | 'busy' | 'other';

/** Words that a clause may begin with before the one that tells what it is for. */
const LEAD_IN = /^(?:und|aber|ja|nein|ach|also|na|oh|ah|and|but|so|well|yeah|no|denn)$/;
/** Own time: „hab ich Yoga", „ich muss", „I'm in a meeting". */
const OWN = /^(?:hab|habe|haben|bin|muss|muessen|arbeite|arbeiten|sitz|sitze|steh|stehe|lieg|liege|fahre|fahr|fliege|im|ive|have|has|got|am)$/;

/** What is known of the whole sentence. */
export interface About {
  /** An appointment is moved in it. */
  moves: boolean;
  english: boolean;
}

export function roleOf(all: readonly Token[], part: Part, { moves, english }: About): Role {
  const tokens = all.slice(part.from, part.to);
  const words = tokens.map(({ text }) => (!english && ENGLISH_ONLY.has(text) ? `${text}-` : text));
  const first = words.findIndex((word) => !LEAD_IN.test(word));
  const opener = words[Math.max(first, 0)] ?? '';
  if (isReason(words, opener, all, part.from + Math.max(first, 0))) return 'reason';
  if (REPLACED.test(opener) || (opener === 'nicht' && words.includes('mehr'))) return 'old';
  const asks = wishes(words);
  const pastWord = words.some((word, i) => PAST.has(word) && !(word.startsWith('wollte') && !isOver(words, i)));
  if (pastWord && !words.some((word) => THOUGHT.test(word)) && !words.includes('bitte'))
    return words.some((word) => MADE.test(word) || word === 'termin' || word === 'appointment') ? 'old' : 'past';
  if (words.some((word) => MADE.test(word)) && words.some((word) => OWN.test(word))) return 'old';
  if (moves && isOld(words, all, part)) return 'old';
  if (tokens.some((token) => token.category === 'neg')) return 'denied';
  if (asks) return 'wish';
  if (words.some((word, i) => OWN.test(word) && (SUBJECT.has(words[i + 1] ?? '') || SUBJECT.has(words[i - 1] ?? '') || i === 0))) return 'busy';
  if (isOther(tokens, Math.max(first, 0))) return 'other';
  return tokens.some((token) => token.category === 'unknown') ? 'unsure' : 'plain';
}

const wishes = (words: readonly string[]): boolean =>
  words.some((word, i) => WISHING.has(word) || ASKING.test(`${word} ${words[i + 1] ?? ''}`));

const isOver = (words: readonly string[], at: number): boolean =>
  words.slice(Math.max(0, at - 2), at + 3).some((word) => /^(?:erst|zuerst|eigentlich|urspruenglich|first|originally)$/.test(word));

function isReason(words: readonly string[], opener: string, all: readonly Token[], at: number): boolean {
  if (BECAUSE.has(opener) && opener !== 'denn') return true;
  if (words.includes('naemlich')) return true;
  const next = all[at + 1]?.text ?? '';
  if (opener === 'denn') return !timeBegins(all, at + 1);
  if (/^(?:since|as|before|after|bis|while|when)$/.test(opener)) return SUBJECT.has(next);
  // „da mein Sohn erst um drei kommt"; „da hab ich Zeit" is no reason.
  return opener === 'da' && !FINITE.has(next) && !timeBegins(all, at + 1) && words.length > 4;
}

/** In a sentence that moves an appointment: the part that holds the old one. */
function isOld(words: readonly string[], all: readonly Token[], part: Part): boolean {
  if (MOVED.has(words[0] ?? '') || MOVED.has(words[1] ?? '')) return false;
  if (words.some((word) => /^(?:bitte|lieber|neu|stattdessen|gern|gerne)$/.test(word))) return false;
  if (words.some((word, i) => MOVED.has(word) && timeBegins(all, part.from + i + 1))) return false;
  return words.some((word) => /^(?:termin|appointment|von|vom|from|hab|habe|haben|steh|stehe|den|der|die|my)$/.test(word));
}

/** „mein Zug fährt um drei": a subject that is no caller, with its verb. */
function isOther(tokens: readonly Token[], first: number): boolean {
  const [article, noun] = [tokens[first], tokens[first + 1]];
  if (!article || !SUBJECT_NOUN.test(article.text) || !noun || noun.category !== 'unknown') return false;
  return tokens.slice(first + 2).some((token) => FINITE.has(token.text) || (token.category === 'unknown' && /[^s]t$/.test(token.text)));
}

/** Words of comparison: what was said is to be earlier, later or another one. */
const COMPARING = /^(?:spaeter|spaet|frueher|eher|danach|davor|later|earlier|sooner|another|andere[nrs]?|instead|stattdessen|sonst|else)$/;
const SLIGHT = /^(?:etwas|bisschen|lieber|gern|gerne|bitte|oder|und|auch|ein|eine|noch|a|bit|little|or|and|please|maybe|vielleicht|eher|viel|much)$/;

/** What a part without day and hour says of the one before: it denies it, compares with it, or nothing. */
export function comments(all: readonly Token[], part: Part): 'denies' | 'compares' | 'nothing' {
  const words = all.slice(part.from, part.to).map(({ text }) => text);
  const rest = words.filter((word) => !LEAD_IN.test(word));
  if (rest.some((word) => COMPARING.test(word)) && rest.every((word) => COMPARING.test(word) || SLIGHT.test(word))) return 'compares';
  const negated = all.slice(part.from, part.to).some(({ category }) => category === 'neg');
  const about = rest.filter((word) => !DENYING.test(word));
  return negated && about.length <= 1 ? 'denies' : 'nothing';
}

/** „das geht leider nicht", „da kann ich doch nicht", „klappt nicht": nothing but a denial. */
const DENYING =
  /^(?:nicht|kein|keine|keinen|not|cant|dont|never|nie|das|da|es|dann|der|die|den|doch|leider|auch|aber|ja|geht|ginge|gehts|passt|klappt|kann|koennen|koennte|schaffe|schaff|will|moechte|mag|ich|wir|mir|uns|bei|heute|gar|mehr|so|gut|schlecht|that|it|i|we|can|does|doesnt|do|work|works|suit|wont|no|for|me|us|moeglich|sein|ist|wird|bin|zeit|habe|hab)$/;
