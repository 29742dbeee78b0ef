/** Compares names as speech recognition writes them: callers against the customer card before an appointment is touched, requests for staff and services against lists. */
import { foldLetters } from './fold-letters.ts';

/** Longer names and requests are cut: no name needs more, and the comparison is quadratic in words. */
const MAX_LENGTH = 120;
const MAX_WORDS = 12;
/** From this length on one wrong letter is forgiven; shorter words differ by one letter from too many others (Jan, Jana). */
const FUZZY_LENGTH = 5;

const TITLES = new Set(
  'herr herrn hr frau fr fraeulein dr doktor prof professor dipl ing mag magister med mr mrs ms miss sir dame von van vom zu zur de der den di da la le name ist mein heisse bin hier my is im this'.split(
    ' ',
  ),
);

const fold = (text: string, maxLength: number): string =>
  foldLetters(
    text
      .slice(0, maxLength)
      .normalize('NFKC')
      .toLowerCase()
      // Before the accents go: the ring of an å is none.
      .replaceAll('ø', 'oe')
      .replaceAll('å', 'aa')
      .replaceAll('æ', 'ae')
      .replaceAll('ł', 'l'),
  ).replace(/[’'`´]/g, '');

/** Spellings that sound the same in German: Meier/Mayr, Schmidt/Schmitt, Philipp/Filip, Kristina/Christina, Müller/Mueller/Muller. */
function sound(word: string): string {
  return word
    .replace(/ae/g, 'e')
    .replace(/oe/g, 'o')
    .replace(/ue/g, 'u')
    .replace(/(?:ai|ay|ey|ei)/g, 'ei')
    .replace(/y/g, 'i')
    .replace(/eir$/, 'eier')
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/dt/g, 't')
    .replace(/tz/g, 'z')
    .replace(/ck/g, 'k')
    .replace(/^chr/, 'kr')
    .replace(/^c(?=[aoukrl])/, 'k')
    .replace(/ie/g, 'i')
    .replace(/([a-z])\1/g, '$1');
}

function words(text: string, maxLength = MAX_LENGTH, maxWords = MAX_WORDS): string[] {
  const all = fold(text, maxLength)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, maxWords * 3);
  // Spelled out: „S C H M I D T".
  const joined: string[] = [];
  let letters = '';
  const flush = (): void => {
    if (letters.length >= 3) joined.push(letters);
    else joined.push(...letters);
    letters = '';
  };
  for (const word of all) {
    if (word.length === 1) letters += word;
    else {
      flush();
      joined.push(word);
    }
  }
  flush();
  return joined.slice(0, maxWords);
}

/** One turn of a conversation; longer ones are cut. */
const MAX_TURN_LENGTH = 4_000;
const MAX_TURN_WORDS = 800;

/** The words of something that was said, as names are compared; letters spelled out are joined. */
export const spokenWords = (text: string): string[] => words(text, MAX_TURN_LENGTH, MAX_TURN_WORDS);

/** The words of a name without titles and particles; all of them when nothing else is left (somebody may be called „Da Silva"). */
export function nameWords(name: string | null): string[] {
  const all = words(name ?? '');
  const own = all.filter((word) => !TITLES.has(word));
  return own.length > 0 ? own : all;
}

/** Equal, or spelled differently and said alike. Both folded (`nameWords`, `spokenWords`). */
export const sameSound = (a: string, b: string): boolean => a === b || sound(a) === sound(b);

/** Equal, equal in sound, or one letter apart (not the first) in words that are long enough. Both folded (`nameWords`, `spokenWords`). */
export function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [sound(a), sound(b)];
  if (x === y) return true;
  if (x[0] !== y[0] || Math.min(a.length, b.length) < FUZZY_LENGTH) return false;
  return withinOneEdit(x, y) || withinOneEdit(a, b);
}

/** One insertion, deletion, substitution or swap of neighbours. */
function withinOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  let j = 0;
  while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
  const [left, right] = [a.slice(i, a.length - j), b.slice(i, b.length - j)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/**
 * True when a spoken name can be the one on the card: any word order, titles and particles left out, umlauts in any spelling,
 * one wrong letter in longer words. Every word of the shorter name must be found in the longer; an initial counts only beside
 * a whole word. False for empty names.
 */
export function sameName(a: string, b: string): boolean {
  const [first, second] = [nameWords(a), nameWords(b)];
  if (first.length === 0 || second.length === 0) return false;
  const [shorter, longer] = first.length <= second.length ? [first, second] : [second, first];
  const left = [...longer];
  let whole = 0;
  for (const word of [...shorter].sort((x, y) => y.length - x.length)) {
    const at = left.findIndex((other) => sameWord(word, other));
    if (at >= 0) {
      left.splice(at, 1);
      if (word.length > 1) whole++;
      continue;
    }
    const initial = left.findIndex(
      (other) => (word.length === 1 && other.startsWith(word)) || (other.length === 1 && word.startsWith(other)),
    );
    if (initial < 0) {
      // „Hans-Peter" heard as „Hanspeter".
      if (left.join('') === word || sound(left.join('')) === sound(word)) return true;
      return false;
    }
    left.splice(initial, 1);
  }
  return whole > 0;
}

/** A person's name in its two parts, as the card has it. */
export interface NameOnCard {
  firstName: string | null;
  lastName: string | null;
}

/**
 * True when a name is the whole one of a card: a first name and all of the family name, in any order, and not a word that is somebody
 * else's. A list of names proves nothing by holding the right one.
 */
export function isWholeName(card: NameOnCard, name: string): boolean {
  const [first, last, said] = [nameWords(card.firstName), nameWords(card.lastName), nameWords(name)];
  if (first.length === 0 || last.length === 0 || said.length < 2) return false;
  const known = [...first, ...last, first.join(''), last.join('')];
  const has = (word: string): boolean => said.some((one) => sameWord(one, word));
  return (
    said.every((one) => known.some((word) => sameWord(one, word))) &&
    (first.some(has) || has(first.join(''))) &&
    (last.every(has) || has(last.join('')))
  );
}

interface Candidate {
  id: string;
  /** Name and aliases, any of which may be meant. */
  names: readonly string[];
}

/** `one`: that one. `several`: equally good, ask which. `any`: no preference was said. `none`: nothing fits. */
interface Matches {
  kind: 'one' | 'several' | 'none' | 'any';
  ids: string[];
}

const ANY =
  /^(?:(?:ist|es|mir|das|ganz|voellig|total|eigentlich|is|its|i) )*(?:egal|wurscht|wurst|beliebig|irgend ?(?:wer|jemand|einer?|eine|wen|welcher|was)|jemand|jeder|alle|any|anyone|anybody|whoever|whichever|someone|somebody|no preference|keine praeferenz|kein wunsch|dont mind|dont care|doesnt matter|does not matter|wer (?:gerade |auch immer )?(?:frei|zeit|da|kann)(?: (?:ist|hat))?|der naechste freie|die naechste freie)(?: (?:ist|wer|bei wem|von wem|mir|frei|zeit|hat|is|fine|available|wen|welcher|welche|mitarbeiter|mitarbeiterin|person|staff))*$/;

const FILLERS = new Set(
  'ich moechte haette gern gerne bitte einen eine ein einer eines einem den die das dem der des bei beim zu zur zum mit fuer von vom und plus inklusive mal nur termin machen lassen buchen the a an with for to please and appointment book i would like want my me meine meinen mein am im in auf hallo also aehm halt frau herr herrn'.split(
    ' ',
  ),
);

/** Roots of what service businesses sell, so that „Haare schneiden" finds „Haarschnitt". */
const ROOTS: readonly (readonly [root: string, pattern: RegExp])[] = [
  ['schnitt', /schneid|schnitt|geschnitten|haircut|(?:^|hair)cut/],
  ['haar', /haar|^hair/],
  ['faerb', /faerb|farb|color|colour|(?:^|hair)dye/],
  ['foehn', /foehn|blow ?dry|blowdry/],
  ['wasch', /wasch|waesch|^wash/],
  ['straehn', /straehn|highlight/],
  ['massage', /massa|massier/],
  ['rasur', /rasur|rasier|^shav/],
  ['bart', /bart|beard/],
  ['herr', /^herren|^mann$|^maenner|^mens?$|^gentlem/],
  ['dame', /^damen|^dame$|^frauen|^women|^womens|^lad(?:y|ies)/],
  ['kind', /kinder|^kind$|^kids?$|child/],
  ['pony', /pony|fringe/],
  ['dauerwelle', /dauerwelle|perm$/],
  ['hochsteck', /hochsteck|updo/],
  ['manikuere', /manik|manicur/],
  ['pedikuere', /pedik|pedicur|fusspflege/],
  ['wimper', /wimper|lash/],
  ['brau', /augenbrau|^brow/],
  ['therapie', /therap|physio/],
  ['lymph', /lymph/],
  ['beratung', /berat|consult/],
];

function parts(text: string): string[] {
  const out: string[] = [];
  for (const word of words(text)) {
    if (FILLERS.has(word)) continue;
    const roots = ROOTS.filter(([, pattern]) => pattern.test(word)).map(([root]) => root);
    for (const part of roots.length > 0 ? roots : [word]) if (!out.includes(part)) out.push(part);
  }
  return out;
}

/** Below this a name does not fit at all. */
const MIN_SCORE = 55;
/** Two names so close to each other are both possible. */
const TIE = 5;

/** Which of the candidates a spoken request means; ambiguity is reported, never guessed. */
export function bestMatches(spoken: string, candidates: readonly Candidate[]): Matches {
  const said = words(spoken).join(' ');
  if (said === '') return { kind: 'none', ids: [] };
  const exact = candidates.filter((c) => c.names.some((name) => words(name).join(' ') === said));
  if (exact.length > 0) return { kind: exact.length === 1 ? 'one' : 'several', ids: exact.map((c) => c.id) };
  if (ANY.test(said)) return { kind: 'any', ids: [] };
  const wanted = parts(spoken);
  if (wanted.length === 0) return { kind: 'none', ids: [] };
  const scored = candidates
    .map((c) => ({ id: c.id, score: Math.max(0, ...c.names.map((name) => score(wanted, parts(name)))) }))
    .filter((c) => c.score >= MIN_SCORE);
  const best = Math.max(0, ...scored.map((c) => c.score));
  const ids = scored.filter((c) => best - c.score < TIE).map((c) => c.id);
  return { kind: ids.length === 0 ? 'none' : ids.length === 1 ? 'one' : 'several', ids };
}

/** 95 the same words; 70–90 the request is part of the name; 55–75 the name is part of the request. */
function score(wanted: readonly string[], name: readonly string[]): number {
  if (name.length === 0) return 0;
  const left = [...name];
  let matched = 0;
  for (const word of wanted) {
    const at = left.findIndex((other) => sameWord(word, other));
    if (at >= 0) {
      left.splice(at, 1);
      matched++;
      continue;
    }
    // A part of a compound: „Pflege" in „Tiefenpflege".
    const within = left.findIndex(
      (other) => word.length >= 4 && other.length >= 4 && (other.endsWith(word) || other.startsWith(word)),
    );
    if (within >= 0) {
      left.splice(within, 1);
      matched += 0.8;
    }
  }
  const recall = matched / wanted.length;
  const precision = matched / name.length;
  if (recall === 1 && precision === 1) return 95;
  if (recall >= 0.8 && wanted.length <= name.length + 1 && recall >= precision)
    return 50 + 20 * recall + 20 * precision;
  if (precision >= 0.8) return 35 + 20 * precision + 20 * recall;
  return 0;
}
