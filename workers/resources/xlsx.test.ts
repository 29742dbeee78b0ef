/** The workbook is one that other programs open: its archive is read by its directory, sizes and checksums, and says what was put in. */
import { crc32, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Cell } from './csv.ts';
import { xlsxOf } from './xlsx.ts';

async function fileOf(pages: readonly (readonly (readonly Cell[])[])[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  async function* given() {
    yield* pages;
  }
  for await (const bytes of xlsxOf('Kunden: März/April', given())) parts.push(bytes);
  return Buffer.concat(parts);
}

/** A part of the archive, found by its directory as readers of zip files do, its sizes and checksum verified. */
function partOf(file: Buffer, name: string): string {
  const end = file.length - 22;
  expect(file.readUInt32LE(end)).toBe(0x06054b50);
  let at = file.readUInt32LE(end + 16);
  for (let entry = 0; entry < file.readUInt16LE(end + 10); entry++) {
    expect(file.readUInt32LE(at)).toBe(0x02014b50);
    const [crc, packed, plain] = [16, 20, 24].map((field) => file.readUInt32LE(at + field)) as [number, number, number];
    const length = file.readUInt16LE(at + 28);
    const path = file.toString('utf8', at + 46, at + 46 + length);
    const local = file.readUInt32LE(at + 42);
    at += 46 + length;
    if (path !== name) continue;
    expect(file.readUInt32LE(local)).toBe(0x04034b50);
    const start = local + 30 + length;
    const bytes = inflateRawSync(file.subarray(start, start + packed));
    expect([bytes.length, crc32(bytes)]).toEqual([plain, crc]);
    expect(file.readUInt32LE(start + packed)).toBe(0x08074b50);
    return bytes.toString('utf8');
  }
  throw new Error(`no ${name} in the archive`);
}

describe('a workbook', () => {
  it('holds texts, numbers and flags as what they are; nothing in it is a formula', async () => {
    const file = await fileOf([
      [['name', 'count', 'vip']],
      [
        ['Müller & Söhne <GmbH>', 3, true],
        ['=HYPERLINK("x")', -4.5, false],
        ['zwei\nZeilen\u0007', null, null],
      ],
    ]);
    const sheet = partOf(file, 'xl/worksheets/sheet1.xml');
    expect(sheet).toContain('<c s="1" t="inlineStr"><is><t xml:space="preserve">name</t></is></c>');
    expect(sheet).toContain('Müller &amp; Söhne &lt;GmbH&gt;');
    expect(sheet).toContain('<c><v>-4.5</v></c><c t="b"><v>0</v></c>');
    expect(sheet).toContain('<t xml:space="preserve">=HYPERLINK(&quot;x&quot;)</t>');
    expect(sheet).not.toContain('<f>');
    expect(sheet).toContain('zwei\nZeilen</t>');
    expect(partOf(file, 'xl/workbook.xml')).toContain('name="Kunden  März April"');
  });

  it('of many pages is whole, and every row is there once', async () => {
    const page = (from: number) => Array.from({ length: 250 }, (_, i) => [`row ${from + i}`, from + i] as const);
    const file = await fileOf([[['a', 'b']], ...Array.from({ length: 80 }, (_, i) => page(i * 250))]);
    const rows = partOf(file, 'xl/worksheets/sheet1.xml').match(/<row>/g) ?? [];
    expect(rows.length).toBe(20_001);
  });
});
