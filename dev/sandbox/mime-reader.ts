/** Reads enough of a MIME message to show it: decoded headers, text and HTML, calendar part, attachments. Called by smtp.ts. */

const MAX_DEPTH = 6;
const MAX_PARTS = 50;
const MAX_HEADERS = 200;

interface ReadAttachment {
  readonly filename: string;
  readonly content_type: string;
  readonly bytes: number;
  /** Decoded where it is text (an ICS file). */
  readonly text: string | null;
}

export interface ReadMail {
  /** Lower-case names, decoded values; repeated headers joined by a line break. */
  readonly headers: Readonly<Record<string, string>>;
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly calendar: { readonly method: string | null; readonly ics: string } | null;
  readonly attachments: readonly ReadAttachment[];
}

/** @param raw the message as received, one character a byte (latin1) */
export function readMail(raw: string): ReadMail {
  const found: {
    text: string | null;
    html: string | null;
    calendar: ReadMail['calendar'];
    attachments: ReadAttachment[];
    parts: number;
  } = {
    text: null,
    html: null,
    calendar: null,
    attachments: [],
    parts: 0,
  };
  const headers = walk(raw, 0, found);
  return {
    headers,
    subject: headers['subject'] ?? '',
    text: found.text,
    html: found.html,
    calendar: found.calendar,
    attachments: found.attachments,
  };
}

function walk(
  raw: string,
  depth: number,
  found: {
    text: string | null;
    html: string | null;
    calendar: ReadMail['calendar'];
    attachments: ReadAttachment[];
    parts: number;
  },
): Record<string, string> {
  const split = raw.search(/\r?\n\r?\n/);
  const head = split < 0 ? raw : raw.slice(0, split);
  const body = split < 0 ? '' : raw.slice(split).replace(/^\r?\n\r?\n/, '');
  const headers = readHeaders(head);
  const type = parameters(headers['content-type'] ?? 'text/plain');
  found.parts += 1;
  if (depth >= MAX_DEPTH || found.parts > MAX_PARTS) return headers;
  const boundary = type.fields['boundary'];
  if (type.value.startsWith('multipart/') && boundary !== undefined) {
    for (const part of body.split(`--${boundary}`).slice(1, MAX_PARTS)) {
      if (part.startsWith('--')) break;
      walk(part.replace(/^\r?\n/, '').replace(/\r?\n$/, ''), depth + 1, found);
    }
    return headers;
  }
  const bytes = decodeBody(body, (headers['content-transfer-encoding'] ?? '7bit').toLowerCase());
  const disposition = parameters(headers['content-disposition'] ?? '');
  const text = (): string => new TextDecoder(safeCharset(type.fields['charset'])).decode(bytes);
  if (disposition.value === 'attachment') {
    found.attachments.push({
      filename: disposition.fields['filename'] ?? type.fields['name'] ?? 'attachment',
      content_type: type.value,
      bytes: bytes.length,
      text: type.value.startsWith('text/') || type.value === 'application/ics' ? text() : null,
    });
  } else if (type.value === 'text/calendar') found.calendar ??= { method: type.fields['method'] ?? null, ics: text() };
  else if (type.value === 'text/html') found.html ??= text();
  else if (type.value === 'text/plain') found.text ??= text();
  return headers;
}

function readHeaders(head: string): Record<string, string> {
  const headers: Record<string, string> = {};
  const lines = head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .slice(0, MAX_HEADERS);
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = decodeWords(line.slice(colon + 1).trim());
    headers[name] = name in headers ? `${headers[name]}\n${value}` : value;
  }
  return headers;
}

/** RFC 2047 encoded words; white space between two of them disappears. */
function decodeWords(text: string): string {
  return text
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?([\w-]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, kind: string, encoded: string) => {
      const bytes =
        kind.toLowerCase() === 'b' ? Buffer.from(encoded, 'base64') : quotedPrintable(encoded.replaceAll('_', ' '));
      return new TextDecoder(safeCharset(charset)).decode(bytes);
    });
}

function decodeBody(body: string, encoding: string): Uint8Array {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding === 'quoted-printable') return quotedPrintable(body);
  return Buffer.from(body, 'latin1');
}

function quotedPrintable(text: string): Uint8Array {
  const plain = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

function parameters(header: string): { value: string; fields: Record<string, string> } {
  const fields: Record<string, string> = {};
  for (const match of header.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^;\s]*))/g)) {
    const name = (match[1] ?? '').toLowerCase();
    if (!name.endsWith('*')) fields[name] ??= match[2] ?? match[3] ?? '';
  }
  return { value: (header.split(';')[0] ?? '').trim().toLowerCase(), fields };
}

function safeCharset(charset: string | undefined): string {
  const name = (charset ?? 'utf-8').toLowerCase();
  return ['utf-8', 'iso-8859-1', 'windows-1252', 'us-ascii'].includes(name) ? name : 'utf-8';
}
