/** Pure: texts of a message from catalogue, language and values; escaping for HTML. Called by the channels. */
import { notificationsDe } from '../../shared/i18n/compiled/notifications.de.ts';
import { notificationsEn } from '../../shared/i18n/compiled/notifications.en.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { ValuesOf } from '../../shared/i18n/message.ts';
import { sayInLines } from '../../shared/i18n/message-lines.ts';
import { asCents, centsToDecimal } from '../../shared/money.ts';

type Texts = typeof notificationsDe;
const CATALOGUES: Readonly<Record<Language, Texts>> = { de: notificationsDe, en: notificationsEn };

/** Fills a catalogue text; a missing value does not compile. */
export const fill = <K extends keyof Texts>(key: K, language: Language, ...values: ValuesOf<Texts[K]>): string =>
  sayInLines(CATALOGUES[language], key, ...values);

const LOCALES: Readonly<Record<Language, string>> = { de: 'de-DE', en: 'en-GB' };

/** Date, time and both together as a person reads them, on the branch's clock. */
export function whenTexts(
  instant: number,
  zone: string,
  language: Language,
): { date: string; time: string; when: string } {
  const locale = LOCALES[language];
  const date = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(instant);
  const time = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(instant);
  const short = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'short',
    day: '2-digit',
    month: '2-digit',
  }).format(instant);
  return { date, time, when: `${short} ${time}` };
}

/** An amount as a person reads it. @param minorUnits of the currency: cents, but whole yen and thousandths of a dinar */
export function moneyText(minorUnits: number, currency: string, language: Language): string {
  const amount = centsToDecimal(asCents(minorUnits), currency) as `${number}`;
  return new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency }).format(amount);
}

/** The values that are links of ours: their names end in `_link`. */
export const linksOf = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    name.endsWith('_link') && /^https?:\/\//.test(value) ? [value] : [],
  );

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * Plain text → the HTML part: escaped, paragraphs kept.
 * @param links what may be clicked, exactly: an address that stands in somebody's name stays text
 */
export function htmlOf(text: string, links: readonly string[]): string {
  let parts: { text: string; isLink: boolean }[] = [{ text, isLink: false }];
  // Longest first, so that a link which begins like another is not cut short.
  for (const link of [...links].sort((a, b) => b.length - a.length)) {
    parts = parts.flatMap((part) =>
      part.isLink
        ? [part]
        : part.text
            .split(link)
            .flatMap((piece, n) => [
              ...(n === 0 ? [] : [{ text: link, isLink: true }]),
              { text: piece, isLink: false },
            ]),
    );
  }
  const linked = parts
    .map(({ text: piece, isLink }) => (isLink ? `<a href="${escaped(piece)}">${escaped(piece)}</a>` : escaped(piece)))
    .join('');
  const paragraphs = linked.split('\n\n').map((p) => `<p style="margin:0 0 16px">${p.replaceAll('\n', '<br>')}</p>`);
  return `<!doctype html><html><body style="font:16px/1.5 system-ui,sans-serif;color:#1a1d21;max-width:560px;margin:24px auto;padding:0 16px">${paragraphs.join('')}</body></html>`;
}
