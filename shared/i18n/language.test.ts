import { describe, expect, it } from 'vitest';
import { inLanguage } from './language.ts';

describe('a name in a language', () => {
  it.each([
    [{ de: 'Haarschnitt', en: 'Haircut' }, 'en', 'Haircut'],
    [{ de: 'Haarschnitt', en: 'Haircut' }, 'de', 'Haarschnitt'],
    [{ de: 'Haarschnitt' }, 'en', 'Haarschnitt'],
  ] as const)('%j in %s is %s', (names, language, expected) => {
    expect(inLanguage(names, language)).toBe(expected);
  });
});
