/** What files of customers say: encodings, tables in bounds, columns by their headers, rows with what is wrong in them. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { csvLine } from '../../resources/csv.ts';
import { decodeFile } from './decode.ts';
import { doubledFields, guessFields, headerSet, recalledFields } from './mapping.ts';
import { cellText, type Place, readDay, readRow } from './read-row.ts';
import { readTable } from './table.ts';

const TEXT = 'Vorname;Nachname;Telefon\r\nJörg;Müller–Groß;0151 12345678\r\n';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, little: boolean, mark: boolean): Uint8Array => {
  const units = [...(mark ? '\ufeff' : ''), ...text].join('');
  const bytes = new Uint8Array(units.length * 2);
  for (let i = 0; i < units.length; i++) new DataView(bytes.buffer).setUint16(i * 2, units.charCodeAt(i), little);
  return bytes;
};
const windows1252 = (text: string): Uint8Array =>
  Uint8Array.from(text, (c) => (c === '–' ? 0x96 : c === '€' ? 0x80 : c.charCodeAt(0)));

describe('encodings', () => {
  it.each([
    ['UTF-8', bytesOf(TEXT), 'utf-8'],
    ['UTF-8 with a mark', bytesOf(`\ufeff${TEXT}`), 'utf-8'],
    ['UTF-16 little with a mark', utf16(TEXT, true, true), 'utf-16le'],
    ['UTF-16 big with a mark', utf16(TEXT, false, true), 'utf-16be'],
    ['UTF-16 little without', utf16(TEXT.replace('–', '-'), true, false), 'utf-16le'],
    ['UTF-16 big without', utf16(TEXT.replace('–', '-'), false, false), 'utf-16be'],
    ['Windows-1252', windows1252(TEXT), 'windows-1252'],
  ])('%s is found out', (_name, bytes, encoding) => {
    const read = decodeFile(bytes);
    expect(read).toMatchObject({ ok: true, encoding });
    if (read.ok) expect(read.text.replace('–', '-')).toBe(TEXT.replace('–', '-'));
  });

  it.each([
    ['nothing', new Uint8Array(0), 'no_content'],
    ['spaces', bytesOf(' \r\n \r\n'), 'no_content'],
    ['a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), 'spreadsheet'],
    ['an old workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0]), 'spreadsheet'],
    ['a text with NUL in it', bytesOf('Name;Telefon\nAnna\0;0151'), 'not_text'],
    ['bytes at random', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256), 'not_text'],
  ])('%s is refused', (_name, bytes, fault) => expect(decodeFile(bytes)).toEqual({ ok: false, fault }));
});

describe('tables', () => {
  it.each([';', ',', '\t', '|'])('separated by %j are read, quotes and line ends in cells too', (delimiter) => {
    const line = (...cells: string[]) => `${cells.map((cell) => `"${cell}"`).join(delimiter)}\r\n`;
    const read = readTable(
      line('Name', 'Notiz') + line('Anna', 'zwei\nZeilen; und, mehr') + line('', '') + line('Bea', ''),
    );
    expect(read).toMatchObject({
      ok: true,
      table: {
        delimiter,
        headers: ['Name', 'Notiz'],
        rows: [
          { row: 2, cells: ['Anna', 'zwei\nZeilen; und, mehr'] },
          { row: 4, cells: ['Bea', ''] },
        ],
      },
    });
  });

  it('larger than a chunk come whole, each row once', () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `Kunde ${i};0151${String(i).padStart(8, '0')}`);
    const read = readTable(`Name;Telefon\n${rows.join('\n')}\n`);
    expect(read.ok).toBe(true);
    if (!read.ok) return;
    expect(read.table.rows).toHaveLength(30_000);
    expect(read.table.rows.map(({ row }) => row)).toEqual(rows.map((_, i) => i + 2));
    expect(read.table.rows.at(-1)?.cells).toEqual(['Kunde 29999', '015100029999']);
  });

  it.each([
    ['one line of twenty megabytes', 'x'.repeat(20 * 1024 * 1024), 'row_too_long'],
    ['one line of twenty million cells', ';'.repeat(20 * 1024 * 1024), 'row_too_long'],
    ['cells of line ends in quotes without end', '"\n";'.repeat(2_000_000), 'row_too_long'],
    ['a quote that is never closed', `Name;Ort\nAnna;"${'Berlin\n'.repeat(200_000)}`, 'row_too_long'],
    ['too many columns', `${'a;'.repeat(101)}\n1;2\n`, 'too_many_columns'],
    ['too many rows', `Name\n${'Anna\n'.repeat(50_001)}`, 'too_many_rows'],
    ['headers alone', 'Name;Telefon\n', 'no_rows'],
  ])('%s is refused within bounds', (_name, text, fault) => {
    const before = performance.now();
    expect(readTable(text)).toMatchObject({ ok: false, fault });
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('columns', () => {
  it('are guessed from German and English headers', () => {
    expect(
      guessFields([
        'Vorname',
        'NACHNAME',
        'E-Mail-Adresse',
        'Telefon (mobil)',
        'Festnetz',
        'Bemerkungen',
        'Schuhgröße',
      ]),
    ).toEqual(['first_name', 'last_name', 'email', 'phone', 'phone', 'notes', null]);
    expect(guessFields(['First Name', 'Surname', 'Email', 'Mobile Phone', 'Comments', 'Tags', 'Newsletter'])).toEqual([
      'first_name',
      'last_name',
      'email',
      'phone',
      'notes',
      'tags',
      'consent_marketing_email',
    ]);
  });

  it('stand once where a person has one, and are remembered whatever their order', () => {
    expect(guessFields(['Email', 'E-Mail'])).toEqual(['email', null]);
    expect(doubledFields(['email', 'phone', 'phone', 'email'])).toEqual(['email']);
    expect(headerSet(['Name', 'Tel.'])).toBe(headerSet(['tel', 'NAME']));
    expect(recalledFields(['B', 'A'], (header) => (header === 'A' ? 'name' : null))).toEqual([null, 'name']);
  });
});

const PLACE: Place = { country: 'DE', areaCode: '030', zone: 'Europe/Berlin', now: asInstant(Date.UTC(2026, 10, 24)) };
const FIELDS = ['first_name', 'last_name', 'phone', 'email', 'tags', 'notes'] as const;

describe('rows', () => {
  it('are read with numbers in any spelling', () => {
    const spelt = [
      '0151 12345678',
      '+49 (0)151-12345678',
      '0049/151/12345678',
      '="015112345678"',
      "'0151 12 34 56 78",
      'tel:+4915112345678',
      'Mobil: 0151 12345678',
      '+49 (0) 151 / 1234 5678',
    ];
    for (const phone of spelt)
      expect(readRow(['Anna', 'Öz', phone], FIELDS, PLACE).read.lines, phone).toEqual([
        { e164: '+4915112345678', extension: '' },
      ]);
    expect(readRow(['Anna', '', '0151 12345678 / 030 901820'], FIELDS, PLACE).read.lines).toHaveLength(2);
    expect(readRow(['Anna', '', '0664 1234567'], FIELDS, { ...PLACE, country: 'AT' }).read.lines).toEqual([
      { e164: '+436641234567', extension: '' },
    ]);
  });

  it.each([
    [['Anna', 'Öz', '12'], { column: 2, fault: 'no_number' }],
    [['Anna', 'Öz', '4,91512E+12'], { column: 2, fault: 'rounded_number' }],
    [['Anna', 'Öz', '', 'anna@'], { column: 3, fault: 'no_email' }],
    [['=HYPERLINK("https://bad.test")', 'Öz'], { column: 0, fault: 'no_name' }],
    [['An\u202ena', 'Öz'], { column: 0, fault: 'hidden_characters' }],
    [['Anna', 'Öz', '', '', '', 'x'.repeat(5_001)], { column: 5, fault: 'cell_too_long' }],
    [['', '', '', '', 'Stamm', 'Notiz'], { column: null, fault: 'nothing_there' }],
  ])('%j is refused, and says where', (cells, problem) =>
    expect(readRow(cells, FIELDS, PLACE).problems).toEqual([problem]),
  );

  it('take formulas as the text they are, and hand them out harmless', () => {
    const { read, problems } = readRow(['Anna', 'Öz', '', '', '', '=1+1'], FIELDS, PLACE);
    expect([read.notes, problems]).toEqual(['=1+1', []]);
    expect(cellText('="0171"')).toBe('0171');
    expect(csvLine(['=1+1'])).toBe("'=1+1\r\n");
  });

  it('split a name in one cell, family name first where a comma says so', () => {
    const named = (name: string) => readRow([name], ['name'], PLACE).read;
    expect(named('Frau Dr. Anna von der Heide')).toMatchObject({ firstName: 'Anna', lastName: 'von der Heide' });
    expect(named('Müller, Jörg')).toMatchObject({ firstName: 'Jörg', lastName: 'Müller' });
  });

  it('take a consent only with its day and its source; the day is that of the branch, across DST', () => {
    const fields = ['name', 'consent_marketing_email', 'consent_at', 'consent_source'] as const;
    const row = (...cells: string[]) => readRow(cells, fields, PLACE);
    expect(row('Anna', 'ja', '25.10.2026', 'Bogen').read).toMatchObject({
      consents: [{ purpose: 'marketing', channel: 'email' }],
      consentAt: Date.UTC(2026, 9, 24, 22),
      consentSource: 'Bogen',
    });
    expect(row('Anna', 'ja', '26.10.2026', 'Bogen').read.consentAt).toBe(Date.UTC(2026, 9, 25, 23));
    for (const cells of [
      ['Anna', 'ja', '', 'Bogen'],
      ['Anna', 'ja', '25.10.2026', ''],
    ]) {
      const { read, problems } = row(...cells);
      expect(read.consents).toEqual([]);
      expect(problems).toEqual([{ column: 1, fault: 'consent_incomplete', left: true }]);
    }
    expect(row('Anna', 'nein', '', '').problems).toEqual([]);
    expect(row('Anna', 'vielleicht', '', '').problems).toEqual([{ column: 1, fault: 'no_yes_or_no' }]);
    expect(row('Anna', 'ja', '1.1.2027', 'Bogen').problems[0]).toEqual({ column: 2, fault: 'future_date' });
  });

  it.each([
    ['24.11.2026', '2026-11-24'],
    ['1.2.2026 14:30', '2026-02-01'],
    ['2026-03-29T02:30:00', '2026-03-29'],
    ['31.02.2026', null],
    ['gestern', null],
  ])('read %j as the day %j', (text, day) => expect(readDay(text)).toBe(day));
});
