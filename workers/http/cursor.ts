/** Opaque page cursors: base64url of the last row's sort values. Made and read by list queries; holds no personal values. */

/** A cursor is at most this many sort values. */
const MAX_PARTS = 4;

export type CursorPart = string | number;

/** Cursor of the row after which the next page starts. */
export function encodeCursor(parts: readonly CursorPart[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The sort values, or null for a cursor we did not make (the list answers 422 on `cursor`). */
export function decodeCursor(cursor: string, length: number): CursorPart[] | null {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
    const parts: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (ch) => ch.charCodeAt(0))));
    if (!Array.isArray(parts) || parts.length !== length || length > MAX_PARTS) return null;
    return parts.every((part) => typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part)))
      ? (parts as CursorPart[])
      : null;
  } catch {
    return null;
  }
}
