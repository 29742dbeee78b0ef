/** Every sentence exists in both languages, with the same gaps, and can be spoken. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { type SpeechKey, speechDe } from '../../shared/i18n/speech.de.ts';
import { speechEn } from '../../shared/i18n/speech.en.ts';
import { listed, say, sayMoments, sayMoney, saySpan, serviceFirst, serviceFor, type Voice } from './speech.ts';

const keys = Object.keys(speechDe) as SpeechKey[];
const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
const voice = (language: 'de' | 'en'): Voice => ({
  language,
  zone: 'Europe/Berlin',
  now: asInstant(Date.parse('2026-11-20T09:00:00Z')),
});

describe('speech', () => {
  it.each(keys)('%s is said in German and English with the same gaps', (key) => {
    expect(Object.keys(speechEn).sort()).toEqual([...keys].sort());
    expect(gaps(speechEn[key])).toEqual(gaps(speechDe[key]));
  });

  it('stays short enough to be spoken', () => {
    for (const catalogue of [speechDe, speechEn]) {
      for (const text of Object.values(catalogue)) expect(text.length).toBeLessThanOrEqual(160);
    }
  });

  it('lists, fills and begins with a capital', () => {
    expect(listed(['a', 'b', 'c'], 'de', 'or')).toBe('a, b oder c');
    expect(say('de', 'moved_already', { when: 'morgen' })).toBe('Ihr Termin ist bereits morgen.');
    expect(say('de', 'slot_free', { when: 'morgen', service_for: ' für Schnitt', staff: 'Anna' })).toMatch(
      /^Morgen ist für Schnitt frei, bei Anna/,
    );
    expect(sayMoney(1_250, 'EUR', 'de')).toBe('12,50 Euro');
    expect(sayMoney(8_500, 'EUR', 'de')).toBe('85 Euro');
  });

  it('names no service whose neutral name says nothing, and says hours as people do', () => {
    const named = (de: string, neutral?: string) => ({
      body: { name: { de }, neutralName: neutral === undefined ? null : { de: neutral } },
    });
    expect(serviceFor([named('Haarschnitt')], 'de')).toBe(' für Haarschnitt');
    expect(serviceFor([named('Krankengymnastik', 'Termin'), named('Massage', 'Termin')], 'de')).toBe('');
    expect(serviceFor([named('Haarschnitt')], 'de', 2)).toBe(' für Haarschnitt für 2 Personen');
    expect(serviceFirst([named('Massage', 'Termin')], 'de')).toBe('');
    expect(saySpan(voice('de'), { from: '09:00', to: '18:30' })).toBe('9 bis 18:30 Uhr');
  });

  it('reads back weekday, date and time, and says a shared day once', () => {
    const at = { date: '2026-11-21', time: '14:30' };
    expect(sayMoments(voice('de'), [at])).toMatch(/Samstag, 21\. November.*halb drei/);
    expect(sayMoments(voice('en'), [at])).toMatch(/Saturday, 21 November.*half past two/);
    expect(sayMoments(voice('de'), [at, { ...at, time: '16:00' }]).match(/Samstag/g)).toHaveLength(1);
  });
});
