/**
 * Rewrites Swiss German and Bavarian with Austrian into standard words („am Zischtig am halbi drü" → „am dienstag um halb drei"), so that
 * nothing behind this step knows a dialect. Words that no other language holds tell the dialect and are rewritten wherever they stand;
 * short forms that mean something else in standard German or English (am, i, do, noch) only in a sentence of that dialect. Called by tokenise.ts.
 */
import { type Dialect, type Form, formByRule } from './dialect-forms.ts';
import { soundsAs, soundsSoft } from './dialect-sounds.ts';
import { rewriteTurns, unmistakableTurns } from './dialect-turns.ts';
import { ambiguous, southern, unmistakable } from './dialect-words.ts';
import { meaningOf } from './lexicon.ts';
import { numberWord } from './numbers.ts';
import { remembered } from './memo.ts';

const WORD = /(?<![a-z0-9§-])[a-z]+(?![a-z0-9§-])/g;
/** No dialect shares these words. A name in an English sentence is no Swiss hour. */
const ENGLISH =
  /(?<![a-z])(?:the|at|and|please|with|would|could|have|this|you|your|of|for|it|can|be|are|need|needs|today|tomorrow)(?![a-z])/;
/** Longer words are cut into no day and part of the day. */
const LONGEST_WORD = 24;
const DAY_AND_PART = /^(.+?(?:ig|[ao]g|och|uch|uet|orn|eit|oing|oang))(.{3,})$/;
/** „Dunschtigabe": by itself „abe" is a name. */
const EVENING = /^a?[ao]be$/;
/** „z Mittag" is one word in both dialects. */
const SPLIT_AT_Z = /(?<![a-z0-9])z (?=(?:mi[td]+[ao]g|[ao]b(?:ig|e?nd|ed)|nacht|morg|fr[iu]|sp(?:ae|a|o)[td])[a-z]*)/g;

/** A Swiss hour stands behind „am"; alone behind „um" it may as well be a slip of the recogniser, and is asked. */
const LONE_NUMBER = /^um (?:drue+|fue+f|nue+n)$/;
/** „in vierzehn Dog": the German number tells that it is no English word. */
const COUNTED_DAYS =
  /(?<![a-z])(zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|vierzehn|\d{1,2}) (?:[dt]og|[dt](?:ae|oe)g)(?![a-z])/g;

const NOT = /(?<![a-z.])n(?:ed|et|id|it)(?![a-z]|\.[a-z])/g;
/** „Elfi" is a name and „ans" a word where no hour is expected; „oelfi" and „oans" are none. */
const ELEVEN_OR_ONE = /(?<=(?<![a-z])(?:am|ab|bis|vor|um|de|halbi?|hoi[bw][ae]|viertl) )(?:elfi|ans(?=$|,))(?![a-z])/g;
/** „um halber drei" */
const HALF = /(?<![a-z])h[ao]l[bw]er (?=[a-z]|\d)(?!tag|stund|monat|jahr|preis|liter|meter)/g;

/** „in ana Woch", „nach em Neujahr": what stands before and behind tells that it is no name. */
const ONE_WEEK = /(?<=(?<![a-z])in )(?:ana|ara|ere|nere|oana|oane|ra|era|anar) (?=w[ou]ch|st[uo]|moan|mon)/g;
const DATIVE = /(?<![a-z])(nach|vor|mit|ab|seit) em (?=[a-z])/g;

/** A Swiss hour that no table knows („am Zischtig am X") stays an hour, so that it is asked and not left out. */
const UNKNOWN_HOUR =
  /(?<=(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|heute|morgen|(?:janu|febru|okto|novem|dezem)[a-z]{2,3}) )am ([a-z]{2,12})(?![a-z§])/g;

/** Feasts are known to the fixed turns behind this step. */
const FEAST =
  /^(?:weihnacht|neujahr|ostern|oster|pfingst|silvester|dreikoenig|heilig|nikolaus|aller|advent|fasching|fasnacht|karf|christ|stefan|himmelfahrt|feier)/;

const hourIfUnknown = (all: string, word: string): string => (isStandard(word) ? all : `um ${word}`);

/** Where only a day or an hour can stand: „nächste Woche am X", „um X vor drei", „zwischen X und vier", „bis am X". */
const MUST_BE_TIME =
  /(?<![a-z0-9§-])(woche am|zwischen|bis am|(?:um|am)(?= [a-z]+ (?:vor|nach|ab) (?:halb|eins|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf))) ([a-z]{2,14})(?![a-z§])/g;

/** A word of no table that must be a day or an hour is asked: what is read beside it is not all that was said. */
const doubtful = (text: string): string =>
  text.replace(MUST_BE_TIME, (all, _before: string, word: string) =>
    isStandard(word) || FEAST.test(word) ? all : `${all} §doubt`,
  );

/** The text with dialect words and turns in standard German; any other text as it is. */
export function standardDialect(folded: string): string {
  if (ENGLISH.test(folded)) return folded;
  const text = unmistakableTurns(folded)
    .replace(SPLIT_AT_Z, 'z')
    .replace(COUNTED_DAYS, '$1 tagen')
    .replace(NOT, 'nicht')
    .replace(ELEVEN_OR_ONE, (word) => `o${word}`)
    .replace(HALF, 'halb ')
    .replace(ONE_WEEK, 'einer ')
    .replace(DATIVE, '$1 dem ');
  const forms = new Map<string, Form | null>();
  const marks: Marks = { swiss: 0, bavarian: 0 };
  for (const [word] of text.matchAll(WORD)) {
    const form = dialectForm(word);
    forms.set(word, form);
    if (form?.dialect) marks[form.dialect]++;
  }
  if (LONE_NUMBER.test(text) && marks.swiss + marks.bavarian === 1) return folded;
  const dialect = strongest(marks) ?? hinted(text, forms, marks);
  if (dialect === null && [...forms.values()].every((form) => form === null)) return text;
  const words = text.replace(WORD, (word) => standardIn[dialect ?? 'none'](word));
  if (dialect === null) return words;
  const turned = rewriteTurns(words, dialect);
  return doubtful(dialect === 'swiss' ? turned.replace(UNKNOWN_HOUR, hourIfUnknown) : turned);
}

type Marks = Record<'swiss' | 'bavarian', number>;

const strongest = (marks: Marks): Dialect =>
  marks.swiss === marks.bavarian ? null : marks.swiss > marks.bavarian ? 'swiss' : 'bavarian';

/** So many different words of one dialect tell it, though each by itself might be a name or a slip. Letters that spell a name are none. */
const ENOUGH_HINTS = 2;
/** English words and names. */
const NO_HINT = /^(?:dad|ham|hob|hon|hot|mid|mia|net|poor|boor|san|sit|under|fir|het|eich|kan|heid|jenna)$/;

/** „Samschdag": no standard word is spelt so, though it does not tell which dialect. */
const HISSED = /[^t]sch[dt]/;

/** „i hätt", „i bin": no recogniser leaves the ch off, and no other verb stands there. */
const SHORT_I =
  /(?<![a-z0-9])i (?:bin?|haett?|hett|hab|ha|han|hob|kann|kan|kon|muss|mues|brauch|war|wollt|wott|wuerd|moecht|tat|taet|dad|komm|kim|arbat|anderthalb|ere|zwoei|drue)(?![a-z])/;

function hinted(text: string, forms: ReadonlyMap<string, Form | null>, marks: Marks): Dialect {
  const words = [...forms.keys()];
  const unknown = words.filter((word) => word.length > 1 && !isStandard(word) && !NO_HINT.test(word));
  const shared = [...forms].reduce(
    (sum, [word, form]) => sum + (form?.dialect === null ? (HISSED.test(word) ? ENOUGH_HINTS : 1) : 0),
    Number(SHORT_I.test(text)),
  );
  const count = (dialect: 'swiss' | 'bavarian'): number =>
    marks[dialect] * ENOUGH_HINTS + unknown.filter((word) => forms.get(word) == null && isHint[dialect](word)).length;
  const hints = { swiss: count('swiss'), bavarian: count('bavarian') };
  if (Math.max(hints.swiss, hints.bavarian) + shared < ENOUGH_HINTS) return null;
  // Nothing tells which: Swabia, Vorarlberg and Tyrol share words with both. Only in Switzerland the hour is said with „am".
  return strongest(hints) ?? (SWISS_HOUR.test(text) ? 'swiss' : 'bavarian');
}

const hintOf = (dialect: 'swiss' | 'bavarian'): ((word: string) => boolean) =>
  remembered(
    (word) =>
      ambiguousForm(word, dialect) !== null ||
      (dialect === 'bavarian' &&
        word.length > 2 &&
        bySound(word, dialect) !== null &&
        (soundsSoft(word) || byRules(word, dialect) !== null)),
  );
const isHint = { swiss: hintOf('swiss'), bavarian: hintOf('bavarian') };

const SWISS_HOUR = /(?<![a-z])am (?:halbi?|haubi|[a-z]{2,5}(?:i|ue))(?![a-z])/;

/** Folded spelling in which the many ways to write a sound look the same: y as i, scht as st, no letter (or umlaut) twice. */
export const plainSpelling = (word: string): string =>
  (word.length > 4 ? word.replaceAll('y', 'i') : word)
    .replace(/sch(?=[td])/g, 's')
    .replace(/(ae|oe|ue|[a-z])\1+/g, '$1');

/** A word of the tables: every word of a sentence is asked for it, by each rule of sound. */
const isStandard = remembered((word) => meaningOf(word).category !== 'unknown' || numberWord(word) !== null);

/** Names that sound like a day. */
const NAME = /^fr[ea]ytag$/;

/** What an unmistakable word means. */
const dialectForm = remembered((word): Form | null => {
  if (isStandard(word) || NAME.test(word)) return null;
  return fromTables(word) ?? changed(word, formByRule(plainSpelling(word))) ?? elided(word) ?? dayAndPart(word);
});

const changed = (word: string, form: Form | null): Form | null => (form?.to === word ? null : form);

function fromTables(word: string): Form | null {
  for (const spelling of [word, plainSpelling(word)]) {
    const both = southern.get(spelling);
    if (both !== undefined) return { to: both, dialect: null };
    for (const dialect of ['swiss', 'bavarian'] as const) {
      const to = unmistakable[dialect].get(spelling);
      if (to !== undefined) return { to, dialect };
    }
  }
  return null;
}

/** Folding drops the apostrophe: „waar's", „d'Wuche". */
function elided(word: string): Form | null {
  if (word.length < 5) return null;
  const verb = /[^aeiou]s$/.test(word) ? fromTables(word.slice(0, -1)) : null;
  if (verb && meaningOf(verb.to).category === 'filler') return { to: `${verb.to} es`, dialect: verb.dialect };
  const noun = word.startsWith('d') ? fromTables(word.slice(1)) : null;
  return noun ? { to: `die ${noun.to}`, dialect: noun.dialect } : null;
}

/** „Zischtigabig", „Samsdognammidog", „hütabig". */
function dayAndPart(word: string): Form | null {
  if (word.length > LONGEST_WORD) return null;
  const [, first = '', second = ''] = DAY_AND_PART.exec(word) ?? [];
  const day = formOrSelf(first);
  const part = EVENING.test(second) ? { to: 'abend', dialect: null } : formOrSelf(second);
  if (!day || !part || day.to + part.to === word || !['weekday', 'relative'].includes(meaningOf(day.to).category))
    return null;
  return meaningOf(part.to).category === 'daypart' || part.to === 'morgen'
    ? { to: `${day.to} ${part.to}`, dialect: day.dialect ?? part.dialect }
    : null;
}

const formOrSelf = (word: string): Form | null =>
  isStandard(word) ? { to: word, dialect: null } : (fromTables(word) ?? formByRule(plainSpelling(word)));

function ambiguousForm(word: string, dialect: Dialect): string | null {
  if (dialect === null) return null;
  const table = ambiguous[dialect];
  return table.get(word) ?? table.get(plainSpelling(word)) ?? null;
}

/** Swabia, Vorarlberg and Tyrol have words of both. */
function neighbourForm(word: string, dialect: Dialect): string | null {
  if (dialect === null || isStandard(word)) return null;
  return ambiguousForm(word, dialect === 'swiss' ? 'bavarian' : 'swiss');
}

const standardOf = (dialect: Dialect): ((word: string) => string) =>
  remembered(
    (word) =>
      ambiguousForm(word, dialect) ??
      dialectForm(word)?.to ??
      neighbourForm(word, dialect) ??
      bySound(word, dialect) ??
      word,
  );
/** A word of a sentence in that dialect in standard German, or as it is. */
const standardIn = { swiss: standardOf('swiss'), bavarian: standardOf('bavarian'), none: standardOf(null) };

type Sound = readonly [pattern: RegExp, to: string];
/** How standard words sound in a dialect; tried one upon the other until a known word comes out. */
const SOUNDS: Readonly<Record<'swiss' | 'bavarian', readonly Sound[]>> = {
  swiss: [
    [/sch(?=[tp])/g, 's'],
    [/^ch/, 'k'],
    [/uu/g, 'au'],
    [/ii|y/g, 'ei'],
    [/ue/g, 'u'],
    [/(?<=.)ae/g, 'e'],
    [/i$/, 'e'],
    [/e$/, 'en'],
  ],
  bavarian: [
    [/sch(?=[tp])/g, 's'],
    [/[td]og(?=s?$)/, 'tag'],
    [/oi/g, 'al'],
    [/ia/g, 'ie'],
    [/(?<=[^aeiou])n$/, 'en'],
    [/a$/, 'er'],
  ],
};

/** A word that none of the tables holds, where rules of sound lead to a known one: „ziitlich", „nächstn", „wieda", „Nikolausdog". */
const bySound = (word: string, dialect: Dialect): string | null => byRules(word, dialect) ?? bySoftness(word, dialect);

const bySoftness = (word: string, dialect: Dialect): string | null =>
  dialect === null || isStandard(word) ? null : soundsAs(word);

function byRules(word: string, dialect: Dialect): string | null {
  if (dialect === null || word.length < 4 || isStandard(word)) return null;
  let spellings = [word];
  for (const [pattern, to] of SOUNDS[dialect]) {
    const heard = spellings.map((spelling) => spelling.replace(pattern, to)).filter((one) => !spellings.includes(one));
    const known = heard.find(isStandard);
    if (known !== undefined) return known;
    spellings = [...spellings, ...heard];
  }
  const verb = word.endsWith('s') ? ambiguous[dialect].get(word.slice(0, -1)) : undefined;
  if (verb !== undefined) return `${verb} es`;
  if (/^d[bfghkmnpstvwz]/.test(word) && isStandard(word.slice(1))) return `die ${word.slice(1)}`;
  // Feasts are known to the fixed turns, not to the word table.
  return /[td]og$/.test(word) && dialect === 'bavarian' ? word.replace(/[td]og$/, 'tag') : null;
}
