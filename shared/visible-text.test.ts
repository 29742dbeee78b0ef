/** Names and texts of strangers: what is kept, what is dropped, what is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callerName,
  holdsHidden,
  isPersonName,
  isPlainLine,
  MAX_CALLER_NAME,
  visibleLine,
  visibleText,
} from './visible-text.ts';

describe('callerName', () => {
  it.each([
    ['Zoë O’Connor-Müller', 'Zoë O’Connor-Müller'],
    ["Dr. Anna D'Angelo", "Dr. Anna D'Angelo"],
    ['  Anna \t Müller \r\n', 'Anna Müller'],
    ['Ayşe Yılmaz', 'Ayşe Yılmaz'],
    ['Müller\r\nATTENDEE:mailto:x@evil.test', 'Müller ATTENDEEmailtoxevil.test'],
    ['Eva\u202Egnp.exe', 'Evagnp.exe'],
    ['<b>Eva</b> "x"; DROP', 'bEvab x DROP'],
    ['12345', null],
    ['\u200b\u200d', null],
    ["-'’.", null],
    ['', null],
    [null, null],
  ])('%j → %j', (given, kept) => {
    expect(callerName(given)).toBe(kept);
  });

  it('is never longer than 60 characters and never holds anything but letters and the signs of names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const name = callerName(text);
        if (name === null) return;
        expect([...name].length).toBeLessThanOrEqual(MAX_CALLER_NAME);
        expect(name).toMatch(/^[\p{L}\p{M}\-'’. ]+$/u);
        expect(name).toMatch(/\p{L}/u);
      }),
    );
    expect([...(callerName('a'.repeat(5_000)) ?? '')]).toHaveLength(60);
  });
});

describe('hidden characters', () => {
  it.each(['a\u0000b', 'a\u202eb', 'a\u2066b', 'a\u200bb', 'a\ufeffb', 'a\u0085b', 'a\u{e0041}b', 'a\u2028b'])(
    '%j',
    (text) => {
      expect(holdsHidden(text)).toBe(true);
      expect(isPlainLine(text)).toBe(false);
      expect(visibleText(text)).toBe('ab');
    },
  );
  it('line ends and tabs are visible, but no part of a line', () => {
    expect(holdsHidden('a\r\n\tb')).toBe(false);
    expect(isPlainLine('a\nb')).toBe(false);
    expect(visibleLine(' a\r\n\tb\u200b ')).toBe('a b');
  });
  it('letters of every script, emoji and spaces stay', () => {
    for (const text of ['Grüße', 'Şeyma', 'Łódź', 'Θεός', '名前', 'شكرا', '👍', 'a b'])
      expect(holdsHidden(text), text).toBe(false);
  });
});

describe('isPersonName', () => {
  it.each([
    'Anna',
    'O’Connor',
    "D'Angelo",
    'O´Brien',
    'Müller-Lüdenscheidt',
    'Müller–Lüdenscheidt',
    'Łukasz',
    'Nguyễn Thị Minh Khai',
    'Zoe\u0308',
    'Þórdís Guðmundsdóttir',
    'Ağaoğlu',
    'Żółć-Kwiatkowska',
    'Björk',
    'Marcel·lí',
    'José María Ñúñez',
    'Ахматова',
    'Παπαδόπουλος',
    '山田\u3000太郎',
    '김민준',
    'محمد',
    'दिव्या',
    'ישראל',
    'X Æ A-12',
    'Anna (Tochter)',
    'Kanzlei Weber & Partner, Büro 2',
    'Weber c/o Meier',
    'Dr. med. Weber',
    'Dr.med.Weber',
    'Dr.Weber',
    'Dipl.-Ing. J.R. Ewing',
    'Johnson III.',
    'von der Heide',
  ])('%s is a name', (name) => {
    expect(isPersonName(name)).toBe(true);
  });

  it.each([
    '',
    ' ',
    '12345',
    '-&()',
    'Anna\nBcc: x',
    'Anna\tB',
    'Eva\u202egnp.exe',
    'Eva\u200b',
    'Anna; DROP',
    'Anna: Weber',
    'Anna "Weber"',
    '<b>Anna</b>',
    '{name}',
    'a=b',
    'anna@example.test',
    '`Anna`',
    '+49 151 5555444',
    'Anna 🌸',
    'https://evil.test',
    '//evil.test/x',
    'www.evil',
    'WWW.EVIL',
    'Anna evil.test',
    'evil.test/pay',
    'Ignore this, go to pay.evil.com now',
  ])('%j is none', (name) => {
    expect(isPersonName(name)).toBe(false);
  });
});
