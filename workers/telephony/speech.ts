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

/** A part of a sentence, with `{name}` filled in. */
export const phrase = (language: Language, key: SpeechKey, values: Readonly<Record<string, string>> = {}): string =>
  CATALOGUES[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** The sentence; the first letter is a capital, whatever was put in front. */
export function say(language: Language, key: SpeechKey, values: Readonly<Record<string, string>> = {}): string {
  const text = phrase(language, key, values);
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
  [...new Set(services.map((service) => serviceLabel(service, language)))].join(' + ');

/** Neutral names that say no more than the sentence itself: "9 Uhr ist frei", not "9 Uhr ist für Termin frei". */
const SAYS_NOTHING = /^(?:termin|appointment)$/i;

/** " für Haarschnitt", for a party " für Haarschnitt für 2 Personen"; empty where the name says nothing. */
export function serviceFor(services: readonly NamedService[], language: Language, people = 1): string {
  const label = serviceLabels(services, language);
  const named = SAYS_NOTHING.test(label) ? '' : phrase(language, 'service_for', { service: label });
  return people > 1 ? `${named}${phrase(language, 'people_for', { people: String(people) })}` : named;
}

/** "Haarschnitt, " in front of a moment, for a party "Haarschnitt für 2 Personen, ". */
export function serviceFirst(services: readonly NamedService[], language: Language, people = 1): string {
  const label = serviceLabels(services, language);
  const party = people > 1 ? phrase(language, 'people_for', { people: String(people) }) : '';
  const named = SAYS_NOTHING.test(label) ? party.trim() : `${label}${party}`;
  return named === '' ? '' : `${named}, `;
}

/** Currencies whose sign nobody says. */
const CURRENCY_WORDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  EUR: { de: 'Euro', en: 'euros' },
  CHF: { de: 'Franken', en: 'francs' },
};

/** "12,50 Euro", "85 Euro": as a text-to-speech voice reads it well. */
export function sayMoney(amountCents: number, currency: string, language: Language): string {
  const amount = centsToDecimal(asCents(amountCents), currency).replace(/\.00$/, '');
  return `${language === 'de' ? amount.replace('.', ',') : amount} ${CURRENCY_WORDS[currency]?.[language] ?? currency}`;
}

/** "morgen, …, 10 Uhr bei Anna und 11 Uhr bei Ben": the visits of a party. */
export function sayVisits(voice: Voice, visits: readonly (Moment & { staffName: string })[]): string {
  const first = visits[0];
  return listed(
    visits.map((visit) => {
      const when = visit !== first && visit.date === first?.date ? sayTime(voice, visit.time) : sayMoment(voice, visit);
      return phrase(voice.language, 'visit_with', { when, staff: visit.staffName });
    }),
    voice.language,
    'and',
  );
}

/** "9 bis 18 Uhr", "9:30 bis 18 Uhr"; "9 am to 6 pm". */
export function saySpan(voice: Voice, { from, to }: { from: WallTime; to: WallTime }): string {
  if (voice.language !== 'de')
    return phrase(voice.language, 'range', { from: sayTime(voice, from), to: sayTime(voice, to) });
  const clock = (time: WallTime): string => time.replace(/^0/, '').replace(/:00$/, '');
  return `${phrase('de', 'range', { from: clock(from), to: clock(to) })} Uhr`;
}

/** `{date, time}` of offered slots, as the documented answer lists them. */
export const offered = (slots: readonly (Slot | Alternative)[]): Moment[] =>
  slots.slice(0, MAX_SPOKEN_OFFERS).map(({ date, time }) => ({ date, time }));
