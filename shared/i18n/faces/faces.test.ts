import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTranslate } from '../../../web/ui/i18n.ts';
import { adminDe } from './admin.de.ts';
import { adminEn } from './admin.en.ts';
import { commonDe } from './common.de.ts';
import { portalDe } from './portal.de.ts';
import { portalEn } from './portal.en.ts';

const CATALOGUES = [
  ['admin', adminDe, adminEn],
  ['portal', portalDe, portalEn],
] as const;

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort();

describe.each(CATALOGUES)('the catalogue of %s', (face, german, english) => {
  const de: Record<string, string> = german;
  const en: Record<string, string> = english;

  it('has the same keys in every language, none empty', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(de).sort());
    for (const text of [...Object.values(de), ...Object.values(en)]) expect(text.trim()).not.toBe('');
  });

  it('asks for the same parameters in every language', () => {
    for (const key of Object.keys(de)) {
      expect([key, placeholders(en[key] ?? '')]).toEqual([key, placeholders(de[key] ?? '')]);
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

  it('has every form of a plural', () => {
    for (const key of Object.keys(de).filter((k) => k.endsWith('_one'))) {
      expect(de[key.replace(/_one$/, '_other')]).toBeDefined();
    }
  });

  it('is used: every key appears in the face’s source or is made from data', () => {
    const own = sourceOf('web/ui') + sourceOf(`web/${face}`);
    const both = own + sourceOf('web/admin') + sourceOf('web/portal');
    const made = [...both.matchAll(/`([a-z_.]+\.)\$\{/g)].map((m) => m[1] ?? '');
    const unused = Object.keys(de)
      .map((key) => key.replace(/_(one|other)$/, ''))
      .filter((key) => !(key in commonDe ? both : own).includes(`'${key}'`))
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
  it('chooses the plural form and fills in parameters', () => {
    const t = createTranslate(adminDe, 'de');
    expect(t('calendar.summary', { count: 1 })).toBe('1 Termin');
    expect(t('calendar.summary', { count: 16 })).toBe('16 Termine');
    expect(t('call.title', { caller: 'Anna' })).toBe('Anruf von Anna');
  });
});
