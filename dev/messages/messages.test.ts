import { describe, expect, it } from 'vitest';
import { argumentsOf } from './arguments.ts';
import { compileCatalogue, compiledFiles, staleFiles } from './compile.ts';

const COUNT = '{count, plural, one {# Termin} other {# Termine}}';

describe('what a message takes', () => {
  it.each([
    ['Guten Tag', {}],
    ['{b} und {a}', { a: 'string | number', b: 'string | number' }],
    [`${COUNT} für {name}`, { count: 'number', name: 'string | number' }],
    ['{undo, select, offered {Hier: {link}} other {}}', { link: 'string | number', undo: "'offered' | 'other'" }],
    ["Zeichen wie ' und ’ sind Text: l’{name}", { name: 'string | number' }],
  ])('%s', (text, types) => expect(argumentsOf(text, 'de')).toEqual(types));

  it.each([
    ['a lost brace', 'Hallo {name'],
    ['the old double braces', 'Hallo {{name}}'],
    ['a plural without one', '{count, plural, other {# Termine}}'],
    ['a plural without other', '{count, plural, one {# Termin}}'],
    ['a form the language lacks', '{count, plural, one {# Termin} few {# Termine} other {# Termine}}'],
    ['a formatter', '{when, date, short}'],
  ])('%s is refused', (_name, text) => {
    expect(() => argumentsOf(text, 'de')).toThrow();
    expect(() => compileCatalogue('pages', 'de', { 'a.b': text })).toThrow(/^pages\.de, a\.b: /);
  });
});

describe('compiling', () => {
  it('gives typed functions, and leaves plain texts texts', () => {
    const code = compileCatalogue('pages', 'en', {
      plain: 'It’s “so”',
      counted: '{n, plural, one {# day} other {# days}}',
    });
    expect(code).toContain('"plain": "It’s “so”",');
    expect(code).toContain('"counted": (d: { n: number }): string => plural(');
    expect(code).toContain('export const pagesEn: typeof pagesDe = {');
    expect(code).toContain("import { en } from '@messageformat/runtime/lib/cardinals';");
    expect(code).not.toContain('any');
  });

  it('gives the committed files, byte for byte', async () => {
    expect(staleFiles(await compiledFiles())).toEqual([]);
  });
});
