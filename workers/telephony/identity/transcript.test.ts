/** What counts as said: names, numbers, days and hours in the turns of a call. */
import { describe, expect, it } from 'vitest';
import type { TranscriptTurn } from '../call-lifecycle.ts';
import {
  introducedAs,
  isFromCaller,
  type ReadMoment,
  saidMoments,
  saidNumber,
  saidWholeName,
  utterances,
} from './transcript.ts';

const turns = (...lines: string[]) =>
  utterances(
    lines.map(
      (line): TranscriptTurn => ({
        role: line.startsWith('A:') ? 'agent' : 'caller',
        text: line.slice(2).trim(),
        at: null,
      }),
    ),
  );
const card = (firstName: string | null, lastName: string | null) => ({ firstName, lastName });
const ERIKA = card('Erika', 'Mustermann');

describe('the whole name', () => {
  it.each([
    ['said at once', ['A: Guten Tag.', 'C: Hier ist Erika Mustermann.'], true],
    ['turned around', ['C: Mustermann, Erika.'], true],
    ['over two turns', ['C: Mustermann.', 'A: Und der Vorname?', 'C: Erika.'], true],
    ['spelled', ['C: Erika M U S T E R M A N N'], true],
    ['as it is recognised', ['C: Erika Mustermahn'], true],
    ['the first name of the greeting, then the last name', ['A: Guten Tag, Erika.', 'C: Ja, Mustermann hier.'], true],
    ['spoken by the agent first', ['A: Frau Mustermann?', 'C: Ja, Erika Mustermann.'], false],
    ['repeated by the agent afterwards', ['C: Erika Mustermann.', 'A: Danke, Frau Mustermann.'], true],
    ['first name alone', ['C: Hier ist Erika.'], false],
    ['last name alone', ['C: Hier ist Frau Mustermann.'], false],
    ['never', ['C: Ich möchte absagen.'], false],
    ['only by the agent', ['A: Erika Mustermann, richtig?', 'C: Ja.'], false],
  ])('%s: %j → %s', (_what, lines, expected) => {
    expect(saidWholeName(turns(...lines), ERIKA)).toBe(expected);
  });

  it('everyday words of the agent are no short name, and a caller’s are none either', () => {
    const meier = card('Anna', 'Meier');
    expect(saidWholeName(turns('A: Einer meiner Kollegen ist frei.', 'C: Anna Meier.'), meier)).toBe(true);
    expect(saidWholeName(turns('C: Anna kommt zu meiner Zeit.'), meier)).toBe(false);
    expect(saidWholeName(turns('C: Anna Mayer hier.'), meier)).toBe(true);
  });

  it('a card without both names proves nobody', () => {
    expect(saidWholeName(turns('C: Erika'), card('Erika', null))).toBe(false);
    expect(saidWholeName(turns('C: Mustermann'), card(null, 'Mustermann'))).toBe(false);
  });

  it.each([
    ['C: Mein Name ist Erika Mustermann und ich hätte gern einen Termin.', true],
    ['C: Ich bin die Erika Mustermann.', true],
    ['C: Grüß Gott, Mustermann Erika, ich wollte fragen.', true],
    ['C: Erika Mustermann.', true],
    ['C: This is Erika Mustermann speaking.', true],
    ['C: Ich kenne die Erika, das ist die Frau vom Mustermann.', false],
    ['C: Anna Eins. Berta Zwei. Clara Drei. Erika Mustermann.', false],
  ])('introduced: %s → %s', (line, expected) => {
    expect(introducedAs(turns(line), ERIKA)).toBe(expected);
  });

  it('more than three introductions are guesses', () => {
    const guesses = ['Anna Eins', 'Berta Zwei', 'Clara Drei'].map((name) => `C: Hier ist ${name}.`);
    expect(introducedAs(turns(...guesses, 'C: Hier ist Erika Mustermann.'), ERIKA)).toBe(false);
  });

  it('what the model made up stands in no turn of the caller', () => {
    expect(isFromCaller(turns('A: Erika Mustermann?', 'C: Ja.'), 'Erika Mustermann')).toBe(false);
    expect(isFromCaller(turns('A: Erika Mustermann?', 'C: Ja, Erika Mustermann.'), 'Erika Mustermann')).toBe(true);
  });
});

it.each([
  ['C: 0151 2345 6789', true],
  ['C: null eins fünf eins zwei drei vier fünf sechs sieben acht neun', true],
  ['C: plus vier neun eins fünf eins, zwei drei vier fünf', false],
  ['C: 0151 2345 6780', false],
  ['A: 0151 2345 6789', false],
])('a number that was said: %s → %s', (line, expected) => {
  expect(saidNumber(turns(line), '+4915123456789', { country: 'DE' })).toBe(expected);
});
it('a number said over several turns', () => {
  expect(
    saidNumber(
      turns('C: null eins fünf eins', 'A: Ja?', 'C: zwei drei vier fünf sechs', 'C: sieben acht neun'),
      '+4915123456789',
      { country: 'DE' },
    ),
  ).toBe(true);
});

describe('day and hour', () => {
  const DAYS: Record<string, string> = { dienstag: '2026-11-24', mittwoch: '2026-11-25' };
  const HOURS: Record<string, string> = { 'halb drei': '14:30', zehn: '10:00' };
  /** Reads what consists of nothing but a day, an hour, or both. */
  const read: ReadMoment = (words) => {
    const match = /^(?:am )?(?:(dienstag|mittwoch))?,? ?(?:um )?(?:(halb drei|zehn))?$/.exec(
      words.toLowerCase().trim(),
    );
    return match ? { date: DAYS[match[1] ?? ''], time: HOURS[match[2] ?? ''] } : {};
  };
  const said = (...lines: string[]) => saidMoments(turns(...lines), read).map(({ date, time }) => `${date}T${time}`);

  it('inside a long sentence, and over several turns', () => {
    expect(said('C: Ich habe am Dienstag um halb drei einen Termin und den schaffe ich leider nicht')).toEqual([
      '2026-11-24T14:30',
    ]);
    expect(said('C: am Dienstag', 'A: Um wie viel Uhr?', 'C: um halb drei')).toEqual(['2026-11-24T14:30']);
  });
  it('not when the agent spoke both before; yes when it named the day alone', () => {
    expect(said('A: Ihr Termin am Dienstag um halb drei', 'C: am Dienstag um halb drei')).toEqual([]);
    expect(said('A: am Dienstag', 'C: am Dienstag um halb drei')).toEqual(['2026-11-24T14:30']);
    expect(said('C: am Dienstag um halb drei', 'A: am Dienstag um halb drei')).toEqual(['2026-11-24T14:30']);
  });
  it('in the order they were said: who lists hours has tried them in that order', () => {
    expect(said('C: am Mittwoch um zehn', 'C: am Dienstag um halb drei').slice(0, 1)).toEqual(['2026-11-25T10:00']);
  });
});
