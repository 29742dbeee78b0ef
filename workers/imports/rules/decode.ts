/** Pure. Bytes of a file become text: which encoding they are in, and whether they are text at all. Called when a file arrives and by the job that reads it. */
import type { ImportEncoding, ImportFault } from '../../../shared/import-sets.ts';

type Decoded = { ok: true; text: string; encoding: ImportEncoding } | { ok: false; fault: ImportFault };

const begins = (bytes: Uint8Array, ...wanted: number[]): boolean => wanted.every((byte, i) => bytes[i] === byte);

/** A workbook is a ZIP archive or, before 2007, a compound file: whoever uploads one meant a table. */
const isSpreadsheet = (bytes: Uint8Array): boolean =>
  begins(bytes, 0x50, 0x4b, 0x03, 0x04) ||
  begins(bytes, 0x50, 0x4b, 0x05, 0x06) ||
  begins(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);

/** Bytes looked at for the zeros that UTF-16 has beside Latin letters. */
const LOOKED_AT = 4_096;
/** Of two letters of a Western text at least so many have a zero beside them. */
const ZERO_SHARE = 0.3;

/** UTF-16 without a mark in front; null: it is not. */
function silentUtf16(bytes: Uint8Array): ImportEncoding | null {
  const length = Math.min(bytes.length, LOOKED_AT) & ~1;
  if (length < 4 || bytes.length % 2 === 1) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const enough = (length / 2) * ZERO_SHARE;
  if (odd > enough && even === 0) return 'utf-16le';
  return even > enough && odd === 0 ? 'utf-16be' : null;
}

function encodingOf(bytes: Uint8Array): ImportEncoding {
  if (begins(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (begins(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (begins(bytes, 0xfe, 0xff)) return 'utf-16be';
  const silent = silentUtf16(bytes);
  if (silent !== null) return silent;
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    return 'utf-8';
  } catch {
    // Every other sequence of bytes is a text of Windows-1252; whether it means anything is judged below.
    return 'windows-1252';
  }
}

/** Control characters but tab, line ends, form feed and the end mark of DOS. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\0-\x08\x0b\x0e-\x19\x1b-\x1f\x7f-\x9f\ufffd]/g;
/** One stray sign in so many is a slip of an old program, more is no text. */
const TEXT_PER_CONTROL = 1_000;

/** Refuses what is empty, a workbook or an archive, or no text. A mark in front is taken off. */
export function decodeFile(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return { ok: false, fault: 'no_content' };
  if (isSpreadsheet(bytes)) return { ok: false, fault: 'spreadsheet' };
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.trim() === '') return { ok: false, fault: 'no_content' };
  const controls = text.match(CONTROLS)?.length ?? 0;
  if (text.includes('\0') || controls * TEXT_PER_CONTROL > text.length) return { ok: false, fault: 'not_text' };
  return { ok: true, text, encoding };
}
