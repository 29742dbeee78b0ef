/**
 * Pure: for how many people the caller asks: "für zwei Personen", "zwei Haarschnitte", "zu zweit", `party_size`. What says the number is taken
 * out of the words, so that the service's name is left. Called by function-call.ts.
 */

const NUMBERS: Readonly<Record<string, number>> = {
  zwei: 2,
  zwo: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  fuenf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};
const TOGETHER: Readonly<Record<string, number>> = { zweit: 2, dritt: 3, viert: 4, fünft: 5, fuenft: 5, sechst: 6 };

const NUMBER = String.raw`(\d{1,2}|${Object.keys(NUMBERS).join('|')})`;
const PEOPLE =
  '(?:personen|person|leute|erwachsene[nr]?|kinder|gäste|gaeste|freundinnen|freunde|people|persons|adults|children|guests|kids)';
/** A person of the caller's: "meine Tochter", "my husband". */
const RELATIVE = String.raw`(?:mein(?:e|en|em|er)?|my)\s+\p{L}+`;
const SELF = '(?:mich|mir|ich|me|myself|i)';
const edge = (pattern: string): RegExp => new RegExp(String.raw`(?<![\p{L}\d])${pattern}(?![\p{L}\d])`, 'iu');

/** "für zwei Personen", "für zwei", "drei Leute": not "für zwei Uhr", "für zwei Stunden". */
const FOR_PEOPLE = edge(String.raw`(?:(?:für|fuer|for)\s+)?${NUMBER}\s+${PEOPLE}`);
const FOR_NUMBER = edge(String.raw`(?:für|fuer|for)\s+${NUMBER}(?=\s*(?:$|[,.;!?]|und\b|bitte\b|please\b))`);
const IN_TOGETHER = edge(`zu\\s+(${Object.keys(TOGETHER).join('|')})`);
const BOTH = edge('(?:(?:für|fuer|for)\\s+)?(?:uns\\s+beide|wir\\s+beide|the\\s+two\\s+of\\s+us|both\\s+of\\s+us)');
const WITH_RELATIVE = edge(
  String.raw`(?:(?:für|fuer|for)\s+)?(?:${RELATIVE}\s+(?:und|and)\s+${SELF}|${SELF}\s+(?:und|and)\s+${RELATIVE})`,
);
/** "zwei Haarschnitte", "2x Waschen", "zweimal Färben". */
const COUNTED = new RegExp(String.raw`^\s*${NUMBER}\s*(?:x|mal|times)?\s+(?=\p{L})`, 'iu');
const TIMES = new RegExp(String.raw`^\s*${NUMBER}\s*(?:x|mal|×)\s*(?=\p{L})`, 'iu');

const numberOf = (word: string | undefined): number | null => {
  if (word === undefined) return null;
  const known = NUMBERS[word.toLowerCase()] ?? Number(word);
  return Number.isInteger(known) && known >= 1 ? known : null;
};

interface PartyWords {
  /** null: nothing was said of it */
  size: number | null;
  /** the words without what said the number */
  rest: string;
  /** it was said of the service: "zwei Haarschnitte" */
  isCounted: boolean;
}

/** What a phrase says of people. @param counts also "zwei Haarschnitte": the phrase names a service */
export function partyIn(phrase: string, counts: boolean): PartyWords {
  const without = (pattern: RegExp): string =>
    phrase
      .replace(pattern, ' ')
      .replace(/\s+/g, ' ')
      .replace(/\s+([,.;!?])/g, '$1')
      .trim();
  for (const pattern of [
    FOR_PEOPLE,
    IN_TOGETHER,
    BOTH,
    WITH_RELATIVE,
    ...(counts ? [FOR_NUMBER, TIMES, COUNTED] : []),
  ]) {
    const found = pattern.exec(phrase);
    if (!found) continue;
    const word = found[1]?.toLowerCase();
    const size = word === undefined ? 2 : (TOGETHER[word] ?? numberOf(word));
    if (size) return { size, rest: without(pattern), isCounted: pattern === TIMES || pattern === COUNTED };
  }
  return { size: null, rest: phrase, isCounted: false };
}

/** `party_size` and its like, as number or in words; null: not said, or no number. */
export function partyNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 1 ? value : null;
  if (typeof value !== 'string') return null;
  return numberOf(/[\p{L}\d]+/u.exec(value)?.[0]) ?? partyIn(value, true).size;
}
