/** The second look chooses where the grammar asks, and leaves alone what only the grammar or the caller can say. */
import { describe, expect, it } from 'vitest';
import { reference } from '../reference-branch.fixture.ts';
import { understand } from '../understand.ts';
import { numberOf, pack, placeOf, PLACES, scorer } from './scores.ts';

const read = (when: string, looks: boolean) => understand({ when }, reference(looks ? {} : { learned: undefined }));

describe('a sentence with several days or hours', () => {
  it.each([
    ['der trainer hat mich eh nicht aufgestellt also bin ich donnerstag um fünf ganz der ihre', '2026-11-26 17:00'],
    ['dienstag um viere na wart da hab i kur mittwoch um viere mein i natürlich', '2026-11-25 16:00'],
    [
      'maifeiertag fällt flach das ist ja der samstag dann eben freitag den dreißigsten april um zwei',
      '2027-04-30 14:00',
    ],
  ])('is settled where it is sure: %s', (say, when) => {
    expect(read(say, false).kind).toBe('ask');
    const { date, time, because } = read(say, true);
    expect(`${date} ${time}`).toBe(when);
    expect(because).toContain('at second look');
  });

  it.each([
    'am Dienstag um drei oder am Mittwoch um vier, ich weiß es noch nicht',
    'Dienstag um drei, aber nur wenn mein Chef mir freigibt, sonst Mittwoch um vier',
    'bloß nicht am Dienstag um drei',
    'können Sie mir sagen, ob der Termin am Dienstag um drei noch steht',
  ])('stays a question: %s', (say) => {
    expect(read(say, true).kind).toBe('ask');
  });

  it('is asked where nobody looks', () => {
    expect(read('dienstag um viere na wart da hab i kur mittwoch um viere mein i natürlich', false).kind).toBe('ask');
  });
});

describe('a clear reading', () => {
  it('is asked about where something else is likelier', () => {
    const say = 'my cousin he marry on saturday at two in the town hall and i am so happy i tell it today to everyone';
    const read = (learned: boolean) =>
      understand({ when: say }, reference({ language: 'en', ...(learned ? {} : { learned: undefined }) }));
    expect(read(false).kind).toBe('instant');
    expect(read(true).kind).toBe('ask');
    expect(read(true).question).toContain('Saturday, 21 November');
  });
  it('is kept in a short phrase, where nothing surrounds it', () => {
    expect(read('am Dienstag um drei zum Schneiden bitte', true)).toEqual(
      read('am Dienstag um drei zum Schneiden bitte', false),
    );
  });
});

describe('packed weights', () => {
  it('come back as they were, to a tenth', () => {
    const given = new Float64Array(PLACES);
    given[placeOf(numberOf('a'))] = 2;
    given[placeOf(numberOf('b'))] = -1;
    given[placeOf(numberOf('ä ö'))] = 0.5;
    const score = scorer(pack(given));
    expect(score([numberOf('a')])).toBeCloseTo(2, 1);
    expect(score(['a', 'b', 'ä ö', 'unknown'].map(numberOf))).toBeCloseTo(1.5, 1);
    expect(score([])).toBe(0);
  });
  it('have a place for every feature', () => {
    for (const text of ['', 'p1:am', '§D §T', 'ß'.repeat(100)]) {
      expect(placeOf(numberOf(text))).toBeGreaterThanOrEqual(0);
      expect(placeOf(numberOf(text))).toBeLessThan(PLACES);
    }
  });
});
