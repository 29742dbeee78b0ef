/**
 * Rows as an Excel workbook of one sheet, streamed: the parts of the zip archive are written as the rows come, so that 50,000 rows need the
 * memory of one page. Written here because a library for it is several times the whole Worker's start; the format asks for five fixed
 * parts and one table (ECMA-376; PKWARE APPNOTE 4.4 for the archive). Called by define.ts.
 */
import type { Cell } from './csv.ts';

const encoder = new TextEncoder();
/** Longest text of a cell that Excel reads. */
const MAX_TEXT = 32_767;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org';
const SHEET = `${OFFICE}/spreadsheetml/2006/main`;
const RELATIONS = `${OFFICE}/package/2006/relationships`;
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Code points that XML 1.0 knows no way to write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escaped = (text: string): string =>
  text
    .replace(UNWRITABLE, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** The parts beside the sheet. @param title name of the sheet */
const fixedParts = (title: string): readonly (readonly [string, string])[] => [
  [
    '[Content_Types].xml',
    `${XML}<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    // At most 31 characters, none of those that Excel keeps for itself.
    `${XML}<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="${escaped(title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
  ],
  [
    'xl/styles.xml',
    // The second format is bold: the head.
    `${XML}<styleSheet xmlns="${SHEET}"><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
  ],
];

/** A cell; a text is never a formula, whatever it begins with. */
function cellXml(value: Cell, style: string): string {
  if (value === null) return '<c/>';
  if (typeof value === 'number') return `<c${style}><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c${style} t="b"><v>${value ? 1 : 0}</v></c>`;
  return `<c${style} t="inlineStr"><is><t xml:space="preserve">${escaped(value.slice(0, MAX_TEXT))}</t></is></c>`;
}
const rowXml = (cells: readonly Cell[], isHead: boolean): string =>
  `<row>${cells.map((cell) => cellXml(cell, isHead ? ' s="1"' : '')).join('')}</row>`;

/** The sheet, with the first row standing still when one scrolls. */
async function* sheetXml(pages: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<Uint8Array> {
  yield encoder.encode(
    `${XML}<worksheet xmlns="${SHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`,
  );
  let isHead = true;
  for await (const page of pages) {
    let text = '';
    for (const cells of page) {
      text += rowXml(cells, isHead);
      isHead = false;
    }
    yield encoder.encode(text);
  }
  yield encoder.encode('</sheetData></worksheet>');
}

// ---------------------------------------------------------------- the archive

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
function crcOf(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Little-endian numbers one after the other: `[value, bytes]`. */
function packed(...numbers: readonly (readonly [number, 2 | 4])[]): Uint8Array {
  const bytes = new Uint8Array(numbers.reduce((sum, [, size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, size] of numbers) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

interface Entry {
  name: Uint8Array;
  offset: number;
  crc: number;
  packed: number;
  plain: number;
}
const [NEEDS, DEFLATED] = [20, 8];
/** Sizes follow the data (3), names are UTF-8 (11). */
const FLAGS = 0x0808;
/** 1 January 1980, midnight: the archive says nothing of when it was made, so that the same rows are the same bytes. */
const [NO_TIME, FIRST_DAY] = [0, 0x21];

/** What every header of an entry says behind its signature and versions. */
const described = ({ name, crc, packed: size, plain }: Entry) =>
  [
    [FLAGS, 2],
    [DEFLATED, 2],
    [NO_TIME, 2],
    [FIRST_DAY, 2],
    [crc, 4],
    [size, 4],
    [plain, 4],
    [name.length, 2],
    [0, 2],
  ] as const;

/**
 * The workbook's bytes, as its pages come: the first row of the first page is the head. A failing page breaks the file off without its
 * directory, so that no program opens half of it.
 */
export async function* xlsxOf(
  title: string,
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Uint8Array> {
  const entries: Entry[] = [];
  let written = 0;
  const out = (bytes: Uint8Array): Uint8Array => {
    written += bytes.length;
    return bytes;
  };
  async function* part(path: string, bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    const entry: Entry = { name: encoder.encode(path), offset: written, crc: 0, packed: 0, plain: 0 };
    yield out(packed([0x04034b50, 4], [NEEDS, 2], ...described(entry)));
    yield out(entry.name);
    const source = new ReadableStream<BufferSource>({
      async pull(controller) {
        const { value, done } = await bytes.next();
        if (done) return controller.close();
        entry.crc = crcOf(value, entry.crc);
        entry.plain += value.length;
        controller.enqueue(value as Uint8Array<ArrayBuffer>);
      },
    });
    const reader = source.pipeThrough(new CompressionStream('deflate-raw')).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      entry.packed += read.value.length;
      yield out(read.value);
    }
    yield out(packed([0x08074b50, 4], [entry.crc, 4], [entry.packed, 4], [entry.plain, 4]));
    entries.push(entry);
  }
  for (const [path, text] of fixedParts(title)) {
    yield* part(
      path,
      (async function* () {
        yield encoder.encode(text);
      })(),
    );
  }
  yield* part('xl/worksheets/sheet1.xml', sheetXml(pages));
  const start = written;
  for (const entry of entries) {
    yield out(
      packed(
        [0x02014b50, 4],
        [NEEDS, 2],
        [NEEDS, 2],
        ...described(entry),
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 4],
        [entry.offset, 4],
      ),
    );
    yield out(entry.name);
  }
  yield packed(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [entries.length, 2],
    [entries.length, 2],
    [written - start, 4],
    [start, 4],
    [0, 2],
  );
}
