/** Numbers in every place where they measure, count or name: drawn by the thousand, no hour and no day is ever taken from them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '../reading.ts';
import { reference } from '../reference-branch.fixture.ts';
import { understand } from '../understand.ts';

const SEED = 20261120;
const DRAWS = 3_000;

const GERMAN =
  'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfundvierzig sechzig neunzig 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 20 24 30 45 50 80 180'.split(
    ' ',
  );
const ENGLISH =
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen eighteen twenty thirty forty ninety 2 3 4 5 6 7 8 9 10 11 12 14 15 16 18 20 24 30 45 50 80 180'.split(
    ' ',
  );

/** `#` is the number, `@` the unit or the thing. */
interface Kind {
  templates: readonly string[];
  things: readonly string[];
}
const KINDS: Record<Language, readonly Kind[]> = {
  de: [
    {
      templates: [
        '# @',
        'das sind # @',
        'um # @',
        'auf # @ bitte',
        'bis # @',
        'ab # @',
        'um die # @',
        'so um die # @',
        'gegen # @',
        'mehr als # @',
        'nicht mehr als # @',
        'mindestens # @',
        'höchstens # @',
        'zwischen # und 95 @',
        'zwei bis # @',
        'nach # @ reicht es',
        'ungefähr # @ kürzer',
        'über # @',
        'unter # @',
      ],
      things: [
        'Zentimeter',
        'Millimeter',
        'Euro',
        'Kilo',
        'Prozent',
        'Milligramm',
        'Meter',
        'Zoll',
        'Liter',
        'Gramm',
        'Franken',
      ],
    },
    {
      templates: [
        '# @',
        'wir haben # @',
        'es sind # @',
        'es geht um # @',
        '# alte @',
        'mit # @',
        'noch # @ übrig',
        'für # @',
      ],
      things: [
        'Lampen',
        'Personen',
        'Reifen',
        'Sitzungen',
        'Fenster',
        'Kinder',
        'Tabletten',
        'Mitarbeiter',
        'Stühle',
        'Pakete',
      ],
    },
    {
      templates: ['@ #', 'die @ #', 'ich habe @ #', 'meine @ ist #', 'es geht um @ #'],
      things: [
        'Kundennummer',
        'Hausnummer',
        'Rechnungsnummer',
        'Lindenstraße',
        'Schuhgröße',
        'Stufe',
        'Zimmer',
        'Durchwahl',
        'Pflegegrad',
      ],
    },
    {
      templates: [
        'meine Tochter ist #',
        'er wird #',
        'mit #',
        'der Hund ist # Wochen alt',
        'sie ist # Jahre alt',
        'ich bin #',
      ],
      things: [''],
    },
    {
      templates: [
        'es dauert # @',
        'länger als # @',
        'höchstens # @ lang',
        'die Massage mit # @',
        'seit # @',
        '# @ lang',
        'wie lange ist das, # @',
      ],
      things: ['Minuten', 'Stunden'],
    },
    { templates: ['minus #', '# mal #', '# Komma fünf', '# zu # verloren', '# von #', '# pro Woche'], things: [''] },
  ],
  en: [
    {
      templates: [
        '# @',
        'it is # @',
        'about # @',
        'up to # @',
        'no more than # @',
        'more than # @',
        'between # and 95 @',
        'at least # @',
        'roughly # @ long',
        'around # @',
        'under # @',
        'over # @',
      ],
      things: ['inches', 'centimetres', 'euros', 'pounds', 'kilos', 'percent', 'milligrams', 'metres', 'degrees'],
    },
    {
      templates: ['# @', 'there are # @', 'we have # @', 'I need # new @', 'for # @', 'with # @'],
      things: ['lamps', 'tyres', 'sessions', 'windows', 'kids', 'people', 'tablets', 'chairs'],
    },
    {
      templates: ['@ #', 'my @ is #', 'the @ #'],
      things: ['house number', 'customer number', 'flat', 'room', 'size', 'invoice', 'level'],
    },
    { templates: ['my son is #', "she's #", 'the puppy is # weeks old', 'he is # years old', 'I am #'], things: [''] },
    { templates: ['it takes # @', 'longer than # @', 'how long is it, # @'], things: ['minutes', 'hours'] },
    { templates: ['minus #', '# by #', '# out of #', '# a day', '# over 90'], things: [''] },
  ],
};
const WISHES: Record<Language, readonly (readonly [say: string, date: string, time: string])[]> = {
  de: [
    ['Dienstag um drei', '2026-11-24', '15:00'],
    ['am Mittwoch um halb elf', '2026-11-25', '10:30'],
    ['morgen um zwölf', '2026-11-21', '12:00'],
    ['am 3. Dezember um 14 Uhr', '2026-12-03', '14:00'],
  ],
  en: [
    ['Tuesday at three', '2026-11-24', '15:00'],
    ['tomorrow at four', '2026-11-21', '16:00'],
    ['Wednesday at half past ten', '2026-11-25', '10:30'],
    ['on December 3rd at 2 pm', '2026-12-03', '14:00'],
  ],
};

interface Draw {
  said: string;
  wish: readonly [say: string, date: string, time: string];
}
const draws = (language: Language): fc.Arbitrary<Draw> =>
  fc
    .tuple(
      fc.constantFrom(...KINDS[language]),
      fc.nat(),
      fc.nat(),
      fc.infiniteStream(fc.constantFrom(...(language === 'de' ? GERMAN : ENGLISH))),
      fc.constantFrom(...WISHES[language]),
    )
    .map(([{ templates, things }, t, n, numbers, wish]) => ({
      said: (templates[t % templates.length] ?? '')
        .replace('@', things[n % things.length] ?? '')
        .replace(/#/g, () => String(numbers.next().value)),
      wish,
    }));

for (const language of ['de', 'en'] as const) {
  describe(`a number that measures, counts or names (${language})`, () => {
    const context = reference({ language });
    it('is no hour and no day', () => {
      const wrong = fc
        .sample(draws(language), { seed: SEED, numRuns: DRAWS })
        .map(({ said }) => `${said} → ${understand({ when: said }, context).kind}`)
        .filter((one) => !/→ (?:none|ask)$/.test(one));
      expect([...new Set(wrong)]).toEqual([]);
    });
    it('is not asked about', () => {
      const asked = fc
        .sample(draws(language), { seed: SEED, numRuns: DRAWS })
        .map(({ said }) => `${said} → ${understand({ when: said }, context).kind}`)
        .filter((one) => one.endsWith('ask'));
      expect([...new Set(asked)]).toEqual([]);
    });
    it('leaves a clear wish beside it as it is', () => {
      const changed = fc
        .sample(draws(language), { seed: SEED, numRuns: DRAWS })
        .map(({ said, wish: [say, date, time] }, i) => {
          const text = i % 2 === 0 ? `${said}, ${say}` : `${say}, ${said}`;
          const read = understand({ when: text }, context);
          return read.date === date && read.time === time && read.kind === 'instant'
            ? null
            : `${text} → ${JSON.stringify(read)}`;
        })
        .filter((one) => one !== null);
      expect([...new Set(changed)]).toEqual([]);
    });
  });
}
