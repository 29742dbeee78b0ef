/** Of two offers the one is taken that the sentence leaves, and behind a correction the last word; where more is left, the caller is asked. */
import { describe, expect, it } from 'vitest';
import { reference } from '../reference-branch.fixture.ts';
import { understand } from '../understand.ts';

const read = (when: string, language: 'de' | 'en') => {
  const { kind, date, time } = understand({ when }, reference({ language }));
  return kind === 'instant' ? `${date} ${time}` : kind;
};

const TAKEN = {
  de: [
    ['Dienstag um drei oder Mittwoch um vier, ach nein, Mittwoch hab ich ja Elternabend', '2026-11-24 15:00'],
    ['entweder Dienstag um drei oder Mittwoch um vier, der Dienstag fällt aber flach', '2026-11-25 16:00'],
    ['ich sagte Dienstag um drei oder Mittwoch um vier, den Mittwoch können Sie streichen', '2026-11-24 15:00'],
    ['Sie hatten mir Dienstag um drei und Mittwoch um vier angeboten, ich nehm den Mittwoch', '2026-11-25 16:00'],
    ['Dienstag um drei oder Donnerstag um vier, Donnerstag ist Chorprobe, also den ersten bitte', '2026-11-24 15:00'],
    ['am ersten Dezember um elf oder am dritten um zwölf, der dritte hat sich erledigt', '2026-12-01 11:00'],
    ['Dienstag um drei oder Mittwoch um vier, lieber den Mittwoch als den Dienstag', '2026-11-25 16:00'],
  ],
  en: [
    ['tuesday at three or wednesday at four you said, scrap the wednesday one', '2026-11-24 15:00'],
    ['you offered tuesday at three and wednesday at four, the tuesday is off the table now', '2026-11-25 16:00'],
    ['tuesday at three or wednesday at four, tuesday is the school play so the other one', '2026-11-25 16:00'],
  ],
} as const;

describe('one of two offers', () => {
  it.each(
    (['de', 'en'] as const).flatMap((language) => TAKEN[language].map(([say, when]) => ({ say, when, language }))),
  )('is taken: $say', ({ say, when, language }) => {
    expect(read(say, language)).toBe(when);
  });

  it.each([
    'Dienstag um drei oder Mittwoch um vier, was ist Ihnen lieber',
    'Dienstag um drei oder Mittwoch um vier, am Dienstag bin ich eh in der Stadt',
    'Dienstag um drei oder Mittwoch um vier, wenn der Dienstag nicht geht dann der Mittwoch',
    'Dienstag um drei oder Mittwoch um vier, ich glaub Mittwoch hat meine Frau gesagt',
    'Dienstag um drei oder Mittwoch um vier, Mittwoch muss ich erst meine Frau fragen',
    'Dienstag um drei oder Mittwoch um vier, ist der Mittwoch noch frei',
    'Dienstag um drei oder Mittwoch um vier, Mittwoch ist mein Sohn da',
    'Dienstag um drei und Mittwoch um vier, Dienstag kommt mein Sohn und Mittwoch komm ich',
    'Dienstag um drei oder Mittwoch um vier, der Dienstag fällt flach und der Mittwoch auch',
  ])('is asked about: %s', (say) => {
    expect(read(say, 'de')).toBe('ask');
  });
});

describe('the last word behind a correction', () => {
  it.each([
    [
      'dienstag um zehn passt mir gut äh nein stopp da ist ja elternabend mittwoch um elf dann',
      '2026-11-25 11:00',
      'de',
    ],
    [
      'wednesday at nine wait what am i saying wednesday is jury duty thursday at nine for the oil change',
      '2026-11-26 09:00',
      'en',
    ],
    [
      'siebter dezember um zehn ups falscher monat siebter januar um zehn meine ich selbstverständlich',
      '2027-01-07 10:00',
      'de',
    ],
  ] as const)('is taken: %s', (say, when, language) => {
    expect(read(say, language)).toBe(when);
  });
  it.each([
    'Dienstag um zehn, nein warte, da hab ich Training und Mittwoch um elf hab ich Chor',
    'Dienstag um zehn, nein, da kommt der Klempner, Mittwoch um elf geht auch nicht',
    'Dienstag um zehn, nein halt, falls mein Mann kann dann Mittwoch um elf',
  ])('is asked about where something is said of it: %s', (say) => {
    expect(read(say, 'de')).toBe('ask');
  });
});
