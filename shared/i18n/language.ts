/** The languages the product speaks today, and how a request or a record picks one. */

export const LANGUAGES = ['de', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export const DEFAULT_LANGUAGE: Language = 'de';

/** Full BCP 47 tags, as Intl takes them: our languages are spoken by people of the German market. */
const LOCALES: Readonly<Record<string, string>> = { de: 'de-DE', en: 'en-GB' };
/** The tag of a language; one we have no texts in stands for itself. */
export const localeOf = (language: string): string => LOCALES[language] ?? language;

/** Longest `Accept-Language` we read; browsers send well under 200 characters. */
const MAX_HEADER_LENGTH = 500;

/** Whether texts exist in this language; narrows what a header, a form or a vendor gave. */
export const isLanguage = (text: string | null | undefined): text is Language =>
  text !== null && text !== undefined && (LANGUAGES as readonly string[]).includes(text);

/** The language of a record: what it names, if texts exist in it, else the default. */
export const asLanguage = (text: string | null | undefined): Language => (isLanguage(text) ? text : DEFAULT_LANGUAGE);

/** A thing's name in a language; German stands in where it has no other. */
export const inLanguage = (names: { de: string; en?: string | undefined }, language: Language): string =>
  language === 'en' ? (names.en ?? names.de) : names.de;

/** The best of our languages for an `Accept-Language` header (RFC 9110 § 12.5.4), else null. */
export function languageOfHeader(header: string | null | undefined): Language | null {
  if (!header) return null;
  let best: Language | null = null;
  let bestWeight = 0;
  for (const part of header.slice(0, MAX_HEADER_LENGTH).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
    const weight = quality === undefined ? 1 : Number(quality);
    const language = range.trim().split('-')[0];
    if (isLanguage(language) && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  return best;
}
