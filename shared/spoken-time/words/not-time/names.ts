/** Names that sound like days, months, seasons or parts of the day: Frau Freitag, „mein Name ist Mai", „klingeln bei Herbst". Called by ../not-time.ts. */
import type { Claim, Finder, Sight } from './sight.ts';

const TITLE =
  /^(?:frau|herr|herrn|fraeulein|mr|mrs|ms|miss|mister|missus|missis|dr|doktor|doctor|prof|professor|familie|fam|family)$/;
const POSSESSIVE = /^(?:mein|dein|sein|ihr|unser|euer|my|your|his|her|our)/;
const NAME = /^(?:name|names|nachname|familienname|vorname|surname|lastname|firstname|maedchenname)$/;
/** „my first name …", „Vorname …": the name stands directly behind. */
const NAME_INTRO =
  /^(?:heisse|heisst|heissen|nachname|familienname|vorname|surname|lastname|firstname|names|named|genannt)$/;
const PEOPLE =
  /^(?:tochter|sohn|kind|mann|frau|freundin|freund|daughter|son|baby|hund|schwester|bruder|katze|kollegin|kollege|bub|bua|junge|maedchen|enkel|enkelin|neffe|nichte|nachbarin|boy|girl|kid|grandson|granddaughter|nephew|niece|neighbou?r)$/;
/** „die heißt so", "that's her name" behind a name that sounds like a day. */
const SO_CALLED = /^(?:heisst|heisse|heissen|name|named|called)$/;
/** „April Summers here" */
const BEARING = /^(?:needs|wants|has|would|is|was|had|braucht|moechte|will|hat|muss|wuerde|und|and)$/;
const INTRODUCED = /^(?:speaking|calling|here)$/;
/** Words between a name and „die heißt so". */
const REMARK_WORDS = 5;
/** „Salon Januar", „Gasthof Herbst": what a shop is called. */
const SHOP =
  /^(?:salon|praxis|firma|hotel|gasthof|gasthaus|cafe|restaurant|studio|laden|pension|weingut|baeckerei|metzgerei|apotheke|kanzlei|boutique|galerie|optik|shop|clinic|bakery|pub)$/;
/** „hieß damals Freitag": behind these stands what something was called; „heißt das Freitag?" asks for a day. */
const LODGING = /^(?:pension|gasthof|gasthaus|hotel|firma|weingut|cafe|baeckerei|metzgerei)$/;
const WAS_CALLED = /^(?:hiess|hiessen|called)$/;
/** „Montag, wie der Wochentag", "like the month" */
const KIND_OF_TIME = /^(?:§weekdays|tag|wochentag|monat|jahreszeit|day|weekday|month|season)$/;
/** So many letters in a row spell a name. */
const SPELLED_LETTERS = 3;
const RINGING = /^(?:klingel\w*|laeut\w*|gelaeutet|wohn\w*|schild)$/;

/** What `nameAt` begins with besides words of time and single letters. */
export const NAME_WORDS: readonly RegExp[] = [
  TITLE,
  NAME_INTRO,
  /^(?:fam.*|namens|namen?|unter|under|ist|is|lautet|war|waere|spricht|im|morgen)$/,
];

/** Names behind their introduction, or told by what stands around them. */
export const nameAt: Finder = (s, i) => {
  if (introduces(s, i)) return behindIntroduction(s, i);
  const letters = spelledEnd(s, i);
  if (letters !== null) return { from: i, to: letters, subject: 'name' };
  if (!s.isName(i) && s.word(i) !== 'morgen') return null;
  if (isExplained(s, i)) return { from: i, to: i + 3, subject: 'name' };
  if ((s.isName(i) && isNamed(s, i)) || isSpelled(s, i) || isSaidBefore(s, i)) return named(s, i);
  return null;
};

/** „M O N T A G": the last of the letters that begin at `i`. */
function spelledEnd(s: Sight, i: number): number | null {
  if (!isLetter(s, i) || isLetter(s, i - 1)) return null;
  let end = i;
  while (isLetter(s, end + 1)) end++;
  return end - i + 1 >= SPELLED_LETTERS ? end : null;
}

const isLetter = (s: Sight, i: number): boolean => /^[a-z]$/.test(s.word(i)) && s.is(i, 'unknown', 'one', 'filler');

/** The same word is spelled in the sentence, and no hour stands beside it. */
function isSpelled(s: Sight, i: number): boolean {
  if (hasClock(s, i + 1)) return false;
  const letters = s.all.map((_, at) => (isLetter(s, at) ? s.word(at) : ' ')).join('');
  return letters.includes(s.word(i));
}

/** „Montag, wie der Wochentag" */
const isExplained = (s: Sight, i: number): boolean =>
  /^(?:wie|so wie|like|as)$/.test(s.word(i + 1)) &&
  /^(?:der|die|the)$/.test(s.word(i + 2)) &&
  KIND_OF_TIME.test(s.word(i + 3));

/** „Frau Abend, Petra Abend": the name once more, behind a first name. */
const isSaidBefore = (s: Sight, i: number): boolean =>
  s.category(i - 1) === 'unknown' &&
  !s.isParted(i) &&
  !hasClock(s, i + 1) &&
  s.all.some(({ at, text }) => text === s.word(i) && s.dropped.get(at) === 'name');

/** Words whose next word is a name; „meine Frau Freitag um drei" is a day. */
function introduces(s: Sight, i: number): boolean {
  const [word, before] = [s.word(i), s.word(i - 1)];
  if (/^fam/.test(word)) return !POSSESSIVE.test(before) && !/^(?:ganze|die|der|whole|the)$/.test(before);
  // „unserer Frau Sonnabend am Donnerstag um neun": the day is said behind it.
  if (TITLE.test(word) && POSSESSIVE.test(before))
    return s.is(i + 1, 'weekday', 'month') && /^(?:am|on)$/.test(s.word(i + 2)) && s.is(i + 3, 'weekday');
  if (TITLE.test(word)) return true;
  if (NAME_INTRO.test(word) || word === 'namens') return true;
  // „auf den Namen Abend", "under the name of May"
  if (/^namen?$/.test(word) && /^(?:den|dem|the)$/.test(before))
    return /^(?:auf|unter|mit|under|in|on|by)$/.test(s.word(i - 2));
  // „läuft unter März", "it's under Friday"
  if (/^(?:unter|under)$/.test(word)) return s.isName(i + 1) && !s.is(i + 1, 'daypart') && !s.isParted(i + 1);
  if (word === 'name') return /^(?:first|last|family|middle)$/.test(before);
  if (/^(?:ist|is|lautet|war|waere)$/.test(word) && NAME.test(before)) return true;
  if (/^(?:ist|is|spricht)$/.test(word))
    return /^(?:hier|this|es|da)$/.test(before) && !(word === 'ist' && before !== 'hier');
  // „I'm April", in German „im April"
  return word === 'im' && s.language === 'en' && s.is(i + 1, 'month', 'season');
}

function behindIntroduction(s: Sight, i: number): Claim | null {
  const at = /^(?:der|die|of)$/.test(s.word(i + 1)) && s.isName(i + 2) ? i + 2 : i + 1;
  // „beim Doktor Freitag um drei" is a day
  if (/^do[kc]tor|^dr$/.test(s.word(i)) && hasClock(s, at + 1)) return null;
  if (s.isName(at) || (TITLE.test(s.word(i)) && s.word(at) === 'morgen')) return named(s, at);
  if (s.category(at) !== 'unknown') return null;
  // Petra Schulze, Julia März: nothing in a name is a misheard word of time.
  const second = at + 1;
  const family =
    s.is(second, 'unknown', 'month', 'season') ||
    (s.is(second, 'weekday') && isIntroduction(s, i) && !hasClock(s, second + 1));
  const to = family && !s.isParted(second) ? second : at;
  return { from: at, to, subject: 'name' };
}

/** „mein Name ist Jürgen Freitag"; „bei Frau Schulze Freitag" may be a day. */
const isIntroduction = (s: Sight, i: number): boolean => !TITLE.test(s.word(i));

/** „hier ist Petra Dienstag um drei": a day with its hour. */
const hasClock = (s: Sight, i: number): boolean =>
  !s.isParted(i) && s.is(i, 'at', 'number', 'clock', 'half', 'quarter', 'from', 'after', 'daypart', 'until', 'approx');

/** A name with what repeats it: „Freitag, Jürgen Freitag", „August Meier". */
function named(s: Sight, at: number): Claim {
  const text = s.word(at);
  const repeated = [at + 1, at + 2, at + 3].find((next) => s.word(next) === text);
  if (repeated !== undefined && s.all.slice(at + 1, repeated).every(({ category }) => category === 'unknown'))
    return { from: at, to: repeated, subject: 'name' };
  // "April Summers here": nothing in a name is a misheard word of time.
  if (s.is(at + 1, 'unknown') && !s.isParted(at + 1) && INTRODUCED.test(s.word(at + 2)))
    return { from: at, to: at + 1, subject: 'name' };
  return { from: at, to: at, subject: 'name' };
}

/** What stands around a word of time says that it is a name. */
function isNamed(s: Sight, i: number): boolean {
  const [before, next] = [s.word(i - 1), s.word(i + 1)];
  // „Julia Februar mein Name", "April is my name", „Freitag am Apparat"
  if (/^(?:mein|my)$/.test(next) && s.word(i + 2) === 'name') return true;
  if (/^(?:ist|is)$/.test(next) && /^(?:mein|my|der|the)$/.test(s.word(i + 2)) && s.word(i + 3) === 'name') return true;
  if (next === 'am' && s.word(i + 2) === 'apparat') return true;
  if (/^(?:speaking|calling)$/.test(next) || (INTRODUCED.test(s.word(i + 2)) && s.is(i + 1, 'unknown')))
    return !s.isParted(i + 1);
  if (isCalled(s, i)) return true;
  // „Juli Sommer, ich hätte gern …"
  if (s.is(i, 'month', 'season') && s.isParted(i) && s.is(i + 1, 'season') && !s.isParted(i + 1) && s.isParted(i + 2))
    return true;
  if (s.is(i, 'season') && !s.isParted(i) && s.dropped.get(i - 1) === 'name') return true;
  // „wie der Frühling", "like the month"
  if (/^(?:wie|like|as)$/.test(s.word(i - 2)) && /^(?:der|the)$/.test(before) && s.isParted(i - 2)) return true;
  // „Firma Herbst und Winter"
  if (s.is(i - 1, 'and') && s.dropped.get(i - 2) === 'name' && !s.isParted(i)) return !hasClock(s, i + 1);
  if (before === 'bei') return isRung(s, i);
  // „hier Mai, guten Tag"
  if (before === 'hier' && s.is(i, 'month', 'season') && s.isParted(i - 1)) return s.isParted(i + 1);
  // "my daughter April needs a cut"
  if (s.is(i, 'month', 'season') && PEOPLE.test(before) && !s.isParted(i) && BEARING.test(next)) return true;
  // „ich bin die Julia Freitag"
  if (s.category(i - 1) === 'unknown' && /^(?:der|die)$/.test(s.word(i - 2)) && s.word(i - 3) === 'bin') return true;
  return PEOPLE.test(before) && s.has(i + 1, i + REMARK_WORDS, SO_CALLED) && !NAME.test(next);
}

/** „Salon Januar", „das hieß damals noch Freitag", "it used to be called Summer" */
function isCalled(s: Sight, i: number): boolean {
  if (s.isParted(i) || hasClock(s, i + 1) || s.is(i + 1, 'relative', 'weekday')) return false;
  if (s.is(i, 'month', 'season') && SHOP.test(s.word(i - 1))) return true;
  if (s.is(i, 'weekday') && LODGING.test(s.word(i - 1))) return true;
  // What was called stands in the same clause.
  const from = Math.max(i - REMARK_WORDS, s.part(i)[0]);
  return s.has(from, i - 1, WAS_CALLED) && !s.is(i - 1, 'article', 'at', 'in', 'which');
}

/** „klingeln bei Herbst"; „bleiben wir bei Freitag" is a day. */
function isRung(s: Sight, i: number): boolean {
  if (s.has(0, s.all.length, /^bleib/)) return false;
  return s.is(i, 'season') || s.has(0, s.all.length, RINGING);
}
