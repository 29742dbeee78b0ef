/** Pure: sentences for the phone agent in the call's language; answers are short, because every token of them is spoken or paid. Called by functions and inbound. */
import type { Instant } from '../../shared/clock.ts';
import type { Alternative } from '../../shared/errors.ts';
import { inLanguage, type Language } from '../../shared/i18n/language.ts';
import { type SpeechKey, speechDe } from '../../shared/i18n/speech.de.ts';
import { speechEn } from '../../shared/i18n/speech.en.ts';
import { asCents, centsToDecimal } from '../../shared/money.ts';
import { dateOf, timeOf, type WallDate, type WallTime } from '../../shared/time.ts';
import type { Names, Slot } from '../calendar/types.ts';
import { sayWhen } from '../../shared/spoken-time/index.ts';

const CATALOGUES: Readonly<Record<Language, Readonly<Record<SpeechKey, string>>>> = { de: speechDe, en: speechEn };

/** Offers in one sentence; more cannot be kept in mind on the phone. */
export const MAX_SPOKEN_OFFERS = 3;

/** The sentence, with `{name}` filled in; the first letter is a capital, whatever was put in front. */
export function say(language: Language, key: SpeechKey, values: Readonly<Record<string, string>> = {}): string {
  const text = CATALOGUES[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a, b oder c" */
export function listed(items: readonly string[], language: Language, joint: 'or' | 'and'): string {
  const word = CATALOGUES[language][joint];
  return items.length <= 1
    ? (items[0] ?? '')
    : `${items.slice(0, -1).join(', ')} ${word} ${items[items.length - 1] ?? ''}`;
}

/** Where and in which language a sentence is said. */
export interface Voice {
  language: Language;
  zone: string;
  now: Instant;
}

export interface Moment {
  date: WallDate;
  time: WallTime;
}

export const momentOf = (instant: Instant, zone: string): Moment => ({
  date: dateOf(instant, zone),
  time: timeOf(instant, zone),
});

export const sayMoment = (voice: Voice, at: Moment): string => sayWhen(at, voice.zone, voice.language, voice.now);
export const sayDay = (voice: Voice, date: WallDate): string =>
  sayWhen({ date }, voice.zone, voice.language, voice.now);
export const sayTime = (voice: Voice, time: WallTime): string =>
  sayWhen({ time }, voice.zone, voice.language, voice.now);

/** Up to three offers: the day once when they share it. */
export function sayMoments(voice: Voice, moments: readonly Moment[], joint: 'or' | 'and' = 'or'): string {
  const offers = moments.slice(0, MAX_SPOKEN_OFFERS);
  const first = offers[0];
  if (first && offers.length > 1 && offers.every((offer) => offer.date === first.date)) {
    return `${sayDay(voice, first.date)}, ${sayTimes(voice, offers, joint)}`;
  }
  return listed(
    offers.map((offer) => sayMoment(voice, offer)),
    voice.language,
    joint,
  );
}

export const sayTimes = (voice: Voice, moments: readonly Moment[], joint: 'or' | 'and' = 'or'): string =>
  listed(
    moments.slice(0, MAX_SPOKEN_OFFERS).map((moment) => sayTime(voice, moment.time)),
    voice.language,
    joint,
  );

interface NamedService {
  body: { name: Names; neutralName: Names | null };
}
/** A service's name for callers: the neutral name in practice mode. */
export const serviceLabel = (service: NamedService, language: Language): string =>
  inLanguage(service.body.neutralName ?? service.body.name, language);

export const serviceLabels = (services: readonly NamedService[], language: Language): string =>
  services.map((service) => serviceLabel(service, language)).join(' + ');

/** "12,50 Euro" as a text-to-speech voice reads it well. */
export function sayMoney(amountCents: number, currency: string, language: Language): string {
  const amount = centsToDecimal(asCents(amountCents), currency);
  return `${language === 'de' ? amount.replace('.', ',') : amount} ${currency}`;
}

/** `{date, time}` of offered slots, as the documented answer lists them. */
export const offered = (slots: readonly (Slot | Alternative)[]): Moment[] =>
  slots.slice(0, MAX_SPOKEN_OFFERS).map(({ date, time }) => ({ date, time }));
