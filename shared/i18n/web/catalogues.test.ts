import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { argumentsOf } from '../../../dev/messages/arguments.ts';
import { createTranslate, translateIfKnown } from '../../../web/ui/i18n.ts';
import { adminDe as frameDe } from '../compiled/admin.de.ts';
import { calendarDe } from '../compiled/calendar.de.ts';
import { callsDe } from '../compiled/calls.de.ts';
import { portalEn as compiledEn } from '../compiled/portal.en.ts';
import { accountDe } from './account.de.ts';
import { accountEn } from './account.en.ts';
import { PANEL_AREAS } from '../../panel-words.ts';
import { commonDe } from './common.de.ts';
import { beginDe } from './begin.de.ts';
import { beginEn } from './begin.en.ts';
import { portalDe } from './portal.de.ts';
import { portalEn } from './portal.en.ts';

/** The panel's, by their names. */
const PANEL = await Promise.all(
  ['admin', ...PANEL_AREAS].map(async (area) => {
    const [de, en] = await Promise.all([import(`./${area}.de.ts`), import(`./${area}.en.ts`)]);
    return ['admin', de[`${area}De`], en[`${area}En`]] as const;
  }),
);
const compiledDe = { ...frameDe, ...calendarDe, ...callsDe };

const CATALOGUES = [
  ...PANEL,
  ['portal', portalDe, portalEn],
  // the sign-in's own with those of the one-time link
  ['sign-in', beginDe, beginEn],
  // behind links of mails
  ['sign-in', accountDe, accountEn],
] as const;

describe.each(CATALOGUES)('the catalogue of %s', (webApp, german, english) => {
  const de: Record<string, string> = german;
  const en: Record<string, string> = english;

  it('has the same keys in every language, none empty', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(de).sort());
    for (const text of [...Object.values(de), ...Object.values(en)]) expect(text.trim()).not.toBe('');
  });

  it('asks for the same values in every language', () => {
    for (const key of Object.keys(de)) {
      expect([key, argumentsOf(en[key] ?? '', 'en')]).toEqual([key, argumentsOf(de[key] ?? '', 'de')]);
    }
  });

  it('is set properly: real quotes, dashes, ellipses and apostrophes', () => {
    for (const [key, text] of [...Object.entries(de), ...Object.entries(en)]) {
      expect(`${key}: ${text}`).not.toMatch(/"|\.\.\.| - |'|\d-\d|\s$|^\s| {2}/);
    }
    for (const [key, text] of Object.entries(de)) expect(`${key}: ${text}`).not.toMatch(/“[^„]*”/);
  });

  it('addresses people as Sie', () => {
    for (const [key, text] of Object.entries(de)) {
      expect(`${key}: ${text}`).not.toMatch(/\b(du|dich|dir|dein|deine|deinen|deiner|deinem|euch|euer|eure)\b/i);
    }
  });

  it('is used: every key appears in the face’s source or is made from data', () => {
    const own = sourceOf('web/ui') + sourceOf(`web/${webApp}`);
    const saidIn = (source: string, key: string): boolean => source.includes(`'${key}'`) || source.includes(`"${key}"`);
    const both = own + sourceOf('web/admin') + sourceOf('web/portal') + sourceOf('web/sign-in');
    const made = [...both.matchAll(/`([a-z_.]+\.)\$\{/g)].map((m) => m[1] ?? '');
    const unused = Object.keys(de)
      .filter((key) => !saidIn(key in commonDe ? both : own, key))
      .filter((key) => !made.some((prefix) => key.startsWith(prefix)));
    expect([...new Set(unused)]).toEqual([]);
  });
});

function sourceOf(folder: string): string {
  const root = path.resolve(import.meta.dirname, '../../..', folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(path.join(root, name), 'utf8'))
    .join('\n');
}

describe('translation', () => {
  it('chooses the plural form and fills in values', () => {
    const t = createTranslate(compiledDe);
    expect(t('calendar.summary', { count: 1 })).toBe('1 Termin');
    expect(t('calendar.summary', { count: 0 })).toBe('0 Termine');
    expect(t('calendar.summary', { count: 16 })).toBe('16 Termine');
    expect(t('call.title', { caller: 'Anna' })).toBe('Anruf von Anna');
    expect(createTranslate(compiledEn)('balance.days_left', { count: 1 })).toBe(
      'Lasts about 1 more day at the present rate',
    );
  });

  it('is not asked for an unknown text, nor with less than a text says', () => {
    const t = createTranslate(compiledDe);
    // @ts-expect-error the count is missing
    expect(() => t('calendar.summary')).toThrow();
    // @ts-expect-error a count is a number
    t('calendar.summary', { count: '1' });
    // @ts-expect-error no such text
    expect(() => t('calendar.nothing')).toThrow();
  });

  it('finds a text by a key made from data, and nothing where there is none', () => {
    expect(translateIfKnown(compiledDe, 'error.NOT_FOUND')).toBe('Das gibt es nicht oder nicht mehr.');
    expect(translateIfKnown(compiledDe, 'error.toString')).toBeUndefined();
    expect(translateIfKnown(compiledDe, 'toString')).toBeUndefined();
  });
});
