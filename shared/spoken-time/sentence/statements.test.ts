/** Clauses that tell of a day, in every combination with one that asks: what is told is never taken, and what is asked for is found beside it. */
import { describe, expect, it } from 'vitest';
import { reference } from '../reference-branch.fixture.ts';
import type { Language, Understood } from '../reading.ts';
import { understand } from '../understand.ts';

const read = (when: string, language: Language): Understood => understand({ when }, reference({ language }));

const UNFIT: readonly (readonly [language: Language, clause: string])[] = [
  ['de', 'Dienstag haut nicht hin'],
  ['de', 'Dienstag scheidet aus'],
  ['de', 'Dienstag ist heikel'],
  ['de', 'Dienstag wäre äußerst unpraktisch'],
  ['de', 'Dienstag ist bei uns Betriebsausflug'],
  ['de', 'am Dienstag liege ich im Krankenhaus'],
  ['de', 'Dienstag steht schon meine Schwiegermutter da'],
  ['de', 'Dienstag hab ich schon was anderes vor'],
  ['de', 'der Klempner kommt am Dienstag'],
  ['de', 'meine Schwester heiratet am Dienstag'],
  ['en', 'Tuesday is out'],
  ['en', "Tuesday's rubbish for me"],
  ['en', 'Tuesday would be tricky'],
  ['en', 'Tuesday clashes with my course'],
  ['en', "I'm snowed under on Tuesday"],
  ['en', "I've got work on Tuesday"],
  ['en', "I couldn't make Tuesday"],
  ['en', "there's no way I can do Tuesday"],
  ['en', 'my sister is getting married on Tuesday'],
];

describe('a day of which only something is told', () => {
  it.each(UNFIT)('is asked about (%s): %s', (language, clause) => {
    expect(read(clause, language).kind).toBe('ask');
    const hour = language === 'de' ? 'Dienstag um drei' : 'Tuesday at three';
    expect(read(clause.replace(/Dienstag|Tuesday/, hour), language).kind).toBe('ask');
  });
  it.each(UNFIT)('takes nothing from a wish beside it (%s): %s', (language, clause) => {
    const wishes =
      language === 'de'
        ? [`${clause}, Donnerstag um elf wäre gut`, `Donnerstag um elf bitte, ${clause}`]
        : [`${clause} but Thursday at eleven is fine`, `Thursday at eleven please, ${clause}`];
    for (const wish of wishes)
      expect(read(wish, language), wish).toMatchObject({ kind: 'instant', date: '2026-11-26', time: '11:00' });
  });
});

describe('a question, a condition or news of an appointment', () => {
  it.each([
    'ist am Dienstag viel los',
    'gibt es am Dienstag Parkplätze',
    'hab ich am Dienstag einen Termin bei Ihnen',
    'ich weiß noch nicht ob ich am Dienstag kann',
    'falls es am Dienstag regnet komme ich',
    'Dienstag um drei, aber nur wenn mein Chef mir freigibt',
    'den Termin am Dienstag um drei können Sie jemand anderem geben',
    'ich komme am Dienstag um drei etwas später',
    'den zweiten von beiden',
    'etwas später als beim letzten Mal',
  ])('asks for nothing: %s', (clause) => {
    expect(read(clause, 'de').kind).toBe('ask');
  });
});

describe('an appointment that stands', () => {
  it.each([
    'ich sollte Dienstag um zehn kommen, kann aber nur Donnerstag um zwei',
    'eigentlich hätte ich Dienstag um zehn, könnten wir Donnerstag um zwei nehmen',
    'den Dienstag um zehn bitte streichen und Donnerstag um zwei eintragen',
    'auf Donnerstag um zwei verlegen bitte, jetzt ist er am Dienstag um zehn',
    'could we change Tuesday at ten to Thursday at two',
    'please cancel Tuesday at ten and book me in for Thursday at two',
  ])('gives way to what contrasts with it: %s', (sentence) => {
    const language = sentence.includes('Dienstag') ? 'de' : 'en';
    expect(read(sentence, language)).toMatchObject({ kind: 'instant', date: '2026-11-26', time: '14:00' });
  });
});

describe('clauses without commas', () => {
  it.each([
    ['de', 'um drei läuft meine Serie ginge Donnerstag um elf'],
    ['de', 'der Schlüsseldienst kommt um neun am liebsten Donnerstag um elf'],
    ['de', 'Donnerstag um elf bitte weil der Klempner kommt am Dienstag'],
    ['de', 'Dienstag haut nicht hin Donnerstag um elf bitte'],
    ['en', "since my shift ends at ten let's say Thursday at eleven"],
    ['en', 'my husband works till five, Thursday at eleven please'],
  ] as const)('are parted where a wish begins (%s): %s', (language, sentence) => {
    expect(read(sentence, language)).toMatchObject({ kind: 'instant', date: '2026-11-26', time: '11:00' });
  });
});
