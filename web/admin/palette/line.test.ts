/** Lines as people type them: who, what, with whom, when; words that may be two things are kept apart or asked for both. */
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../shared/clock.ts';
import { type SpokenContext, understand } from '../../../shared/spoken-time/index.ts';
import { isBooking, type KnownNames, readLine } from './line.ts';

const names: KnownNames = {
  services: [
    { id: 'cut', name: { de: 'Haarschnitt', en: 'Haircut' }, aliases: ['Schneiden'] },
    { id: 'dye', name: { de: 'Haarschnitt & Farbe' }, aliases: [] },
    { id: 'beard', name: { de: 'Bart trimmen' }, aliases: [] },
  ],
  staff: [
    { id: 'anna', first_name: 'Anna', last_name: 'Weber', aliases: [] },
    { id: 'joerg', first_name: 'Jörg', last_name: 'Neumann', aliases: [] },
  ],
  branches: [
    { id: 'mitte', name: 'Salon Mitte' },
    { id: 'nord', name: 'Salon Nord' },
  ],
};
/** Monday, eight in Berlin; no Sunday. @param iso */
const at = (iso = '2026-11-23T07:00:00Z', open = { from: 540, to: 1_080 }): SpokenContext => ({
  now: Date.parse(iso) as Instant,
  zone: 'Europe/Berlin',
  language: 'de',
  openOn: () => [open],
});
const read = (text: string) => readLine(text, names, at());
const time = (text: string, iso?: string) => {
  const { kind, date, time: hour } = understand({ when: readLine(text, names, at(iso)).when }, at(iso));
  return [kind, date, hour];
};

describe('a line', () => {
  it.each([
    ['lukas fr 15 haarschnitt', { who: 'lukas', services: ['cut'], when: 'fr 15 Uhr' }],
    ['haarschnitt lukas jordan morgen 9:30', { who: 'lukas jordan', services: ['cut'], when: 'morgen 9:30' }],
    ['Lukas Jordan bei Anna Freitag um halb drei', { who: 'Lukas Jordan', services: [], when: 'Freitag um halb drei' }],
    ['farbe für erika 27.11. 15', { who: 'erika', services: ['dye'], when: '27.11. 15 Uhr' }],
    ['0171 5550001 di 1530 bart', { who: '0171 5550001', services: ['beard'], when: 'di 15:30' }],
    ['frau freitag do 10 haarschnitt', { who: 'freitag', services: ['cut'], when: 'do 10 Uhr' }],
    ['erika nord haarschnitt do 10', { who: 'erika', services: ['cut'], branches: ['nord'], when: 'do 10 Uhr' }],
    ['lukas in 2 wochen haarschnitt', { who: 'lukas', services: ['cut'], when: 'in 2 wochen' }],
    ['haircut lukas fri 3pm', { who: 'lukas', services: ['cut'], when: 'fri 3pm' }],
  ])('„%s“', (text, expected) => {
    expect(read(text)).toMatchObject(expected);
    expect(isBooking(read(text))).toBe(true);
  });

  it.each(['lukas', 'haarschnitt', 'fr 15', 'Kalender', '0171 5550001', ''])('„%s“ is a search', (text) => {
    expect(isBooking(read(text))).toBe(false);
  });

  it('a name that a colleague has too is the customer’s where nobody else is named, else the colleague’s, and the whole name is tried first', () => {
    expect(read('anna fr 15 haarschnitt')).toMatchObject({ who: 'anna', whoElse: null, staff: [] });
    expect(read('lukas anna fr 15 haarschnitt')).toMatchObject({
      who: 'lukas',
      whoElse: 'lukas anna',
      staff: ['anna'],
    });
    expect(read('anna bei jörg fr 15 haarschnitt')).toMatchObject({ who: 'anna', whoElse: null, staff: ['joerg'] });
  });

  it('what begins two services may be either, and a whole name is that one', () => {
    expect(read('lukas fr 15 haar').services).toEqual(['cut', 'dye']);
    expect(read('lukas fr 15 haarschnitt').services).toEqual(['cut']);
    expect(read('lukas fr 15 haarschnitt farbe').services).toEqual(['dye']);
  });

  it.each([
    ['lukas fr 15 haarschnitt', 'instant', '2026-11-27', '15:00'],
    ['lukas freitag 15.30 haarschnitt', 'instant', '2026-11-27', '15:30'],
    ['lukas haarschnitt halb drei', 'time', undefined, '14:30'],
    ['lukas haarschnitt 2026-12-01 9', 'instant', '2026-12-01', '09:00'],
  ])('the grammar reads „%s“', (text, ...expected) => expect(time(text)).toEqual(expected));

  it.each(['mo', 'di', 'mi', 'do', 'fr', 'sa', 'so', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])(
    '„%s“ is a day of the week',
    (day) => expect(read(`lukas ${day} 15 haarschnitt`)).toMatchObject({ who: 'lukas', services: ['cut'] }),
  );

  it.each([
    ['2027-03-26T08:00:00Z', 'lukas so 15 haarschnitt', ['instant', '2027-03-28', '15:00']],
    ['2027-10-29T08:00:00Z', 'lukas so 15 haarschnitt', ['instant', '2027-10-31', '15:00']],
  ])('on days that the clock changes, seen from %s: „%s“', (iso, text, expected) => {
    expect(time(text, iso)).toEqual(expected);
  });

  it.each([
    ['2027-03-26T08:00:00Z', 'lukas so 2:30 haarschnitt'],
    ['2027-10-29T08:00:00Z', 'lukas so 2:30 haarschnitt'],
  ])('an hour that the clock skips or repeats is asked about, seen from %s', (iso, text) => {
    const night = at(iso, { from: 0, to: 360 });
    expect(['invalid', 'ask']).toContain(understand({ when: readLine(text, names, night).when }, night).kind);
  });
});
