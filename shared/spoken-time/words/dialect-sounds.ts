/**
 * Standard words by the way they sound where consonants are soft and endings short (Franconian „rechd, bidde, erschdn", Bavarian „gschwind,
 * midn"), for words that no table of dialect holds. Called by dialect.ts, only for sentences in dialect. Pure.
 */
import { knownWords } from './lexicon.ts';

/** Shorter words sound like too many others. */
const SHORTEST = 4;

/** What counts in a sound: t and d, p and b, k and g are one; double letters, the e of ge-, -en, -el and -er are not heard. */
const soundOf = (word: string): string =>
  word
    .replace(/sch(?=[tdpb])/g, 's')
    .replace(/tz|z/g, 'ds')
    .replace(/chs|x|[gk]s/g, 'gs')
    .replace(/ck|k/g, 'g')
    .replaceAll('t', 'd')
    .replaceAll('p', 'b')
    .replaceAll('v', 'f')
    .replace(/([a-z])\1+/g, '$1')
    .replace(/^ge(?=[bdflmnrsw])/, 'g')
    .replace(/e(?=[lnr]$)/, '')
    .replace(/(?<=[bdfgmnsw])a$/, 'r');

/** Words that turns and rules know and the word table does not. */
const MORE =
  `weihnachten pfingsten silvester neujahr nikolaus heiligabend feierabend allerheiligen fasching ostern spaetestens fruehestens
  schnell moeglich moeglichst geschwind egal recht uebernaechste uebernaechsten sofort jederzeit flexibel geschaeft dieses verschieben verlegen
  zweiten dritten vierten fuenften sechsten siebten achten neunten zehnten elften zwoelften zwanzigsten dreissigsten
  zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf zwanzig dreissig`.split(/\s+/);

const bySoundOf: ReadonlyMap<string, string> = new Map(
  [...MORE, ...[...knownWords.keys()].filter((word) => word.length >= SHORTEST && /^[a-z]+$/.test(word))]
    .reverse()
    .map((word) => [soundOf(word), word] as const),
);

/** The standard word that sounds like this one, or null. */
export const soundsAs = (word: string): string | null =>
  word.length < SHORTEST ? null : (bySoundOf.get(soundOf(word)) ?? null);

// Soft consonants and swallowed endings.
const SOFT = /sch[dpb]|dd|bb[ae]?|[cghrslf]hd|gd$|[gks]hd|[fgklmrs]d(?:n|e)?$|[bdfgst]n$|ds$/;
/** True for spelling that only dialect has. */
export const soundsSoft = (word: string): boolean => SOFT.test(word);
