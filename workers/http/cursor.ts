/** Opaque page cursors: base64url of the last row's sort values. Made and read by list queries; holds no personal values. */
import { fromBase64Url, toBase64Url } from '../../shared/base64.ts';

/** A cursor is at most this many sort values. */
const MAX_PARTS = 4;

export type CursorPart = string | number;

/** Cursor of the row after which the next page starts. */
export function encodeCursor(parts: readonly CursorPart[]): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(parts)));
}

/** The sort values, or null for a cursor we did not make (the list answers 422 on `cursor`). */
export function decodeCursor(cursor: string, length: number): CursorPart[] | null {
  try {
    const parts: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(cursor) ?? new Uint8Array()));
    if (!Array.isArray(parts) || parts.length !== length || length > MAX_PARTS) return null;
    return parts.every((part) => typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part)))
      ? (parts as CursorPart[])
      : null;
  } catch {
    return null;
  }
}
