/** Builds one MIME message (RFC 5322, 2045–2047) from plain fields, safe against header injection. Pure; called by smtp.ts and previews. */
import { toBase64 } from '../../shared/base64.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { visibleLine } from '../../shared/visible-text.ts';

interface MailAddress {
  readonly email: string;
  readonly name?: string;
}

interface MailAttachment {
  readonly filename: string;
  /** e.g. `application/pdf`; no parameters. */
  readonly contentType: string;
  readonly content: Uint8Array | string;
}

export interface MailMessage {
  readonly from: MailAddress;
  readonly to: MailAddress;
  readonly replyTo?: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Stable per notification, without angle brackets: `ntf_…@askproai.test`; receivers drop a second copy by it. */
  readonly messageId: string;
  /** epoch milliseconds */
  readonly date: number;
  /** Calendar part (iTIP): shown as an invitation, and attached as `invite.ics`. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly ics: string };
  readonly attachments?: readonly MailAttachment[];
  /** Further headers such as List-Unsubscribe; names and values are checked like the rest. */
  readonly headers?: Readonly<Record<string, string>>;
}

type MailRefusal = { readonly field: string; readonly reason: 'address' | 'header' | 'too_large' };

/** What relays take without asking. */
const MAX_MAIL_BYTES = 10_000_000;
const MAX_SUBJECT_CHARS = 400;
const MAX_NAME_CHARS = 200;
const MAX_ADDRESS_CHARS = 254;
/** RFC 2047: an encoded word has at most 75 characters; 42 bytes of UTF-8 are 56 of base64 and leave room for the frame. */
const ENCODED_WORD_BYTES = 42;
const BASE64_LINE = 76;

const encoder = new TextEncoder();
const CRLF = '\r\n';
/** No control characters, spaces, brackets or quotes: nothing that could end the header or the SMTP command. */
const ADDRESS = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/;

/**
 * The message as it goes over the wire (CRLF, before dot-stuffing).
 * @param boundary unique text of this message (64 hexadecimal characters will do); a parameter so that the builder stays pure
 * Refusals: an address or header that could smuggle a line, or more than 10 MB.
 */
export function buildMime(message: MailMessage, boundary: string): Result<string, MailRefusal> {
  for (const [field, address] of [
    ['from', message.from],
    ['to', message.to],
    ['reply_to', message.replyTo],
  ] as const) {
    if (address && !isMailAddress(address.email)) return err({ field, reason: 'address' });
  }
  if (!/^[\x21-\x7e]{3,250}$/.test(message.messageId) || /[<>]/.test(message.messageId))
    return err({ field: 'message_id', reason: 'header' });
  const headers: string[] = [
    `Date: ${rfc5322Date(message.date)}`,
    `Message-ID: <${message.messageId}>`,
    `From: ${addressHeader(message.from)}`,
    `To: ${addressHeader(message.to)}`,
    ...(message.replyTo ? [`Reply-To: ${addressHeader(message.replyTo)}`] : []),
    `Subject: ${encodeHeaderText(oneLine(message.subject).slice(0, MAX_SUBJECT_CHARS))}`,
    'MIME-Version: 1.0',
    // Out-of-office robots must not answer a confirmation.
    'Auto-Submitted: auto-generated',
  ];
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(name) || RESERVED.has(name.toLowerCase()))
      return err({ field: name, reason: 'header' });
    if (/[\r\n\0]/.test(value) || value.length > 900) return err({ field: name, reason: 'header' });
    headers.push(`${name}: ${/^[\x20-\x7e]*$/.test(value) ? value : encodeHeaderText(value)}`);
  }

  const alternatives: string[] = [textPart('text/plain; charset=utf-8', message.text)];
  if (message.html !== undefined) alternatives.push(textPart('text/html; charset=utf-8', message.html));
  if (message.calendar) {
    alternatives.push(
      textPart(`text/calendar; charset=utf-8; method=${message.calendar.method}`, message.calendar.ics, '7bit-safe'),
    );
  }
  const files: string[] = [];
  if (message.calendar)
    files.push(filePart({ filename: 'invite.ics', contentType: 'application/ics', content: message.calendar.ics }));
  for (const file of message.attachments ?? []) {
    if (!/^[a-z]+\/[a-z0-9.+-]+$/i.test(file.contentType)) return err({ field: 'attachment', reason: 'header' });
    files.push(filePart(file));
  }

  const body = multipart('alternative', `${boundary}a`, alternatives);
  const whole = files.length === 0 ? body : multipart('mixed', `${boundary}m`, [body, ...files]);
  const text = headers.join(CRLF) + CRLF + whole + CRLF;
  if (text.length > MAX_MAIL_BYTES) return err({ field: 'body', reason: 'too_large' });
  return ok(text);
}

/** True for an address that is safe in a header and an SMTP command. */
export const isMailAddress = (email: string): boolean =>
  email.length <= MAX_ADDRESS_CHARS && ADDRESS.test(email) && !hasControl(email);

const RESERVED = new Set([
  'date',
  'message-id',
  'from',
  'to',
  'cc',
  'bcc',
  'reply-to',
  'subject',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
]);

/** Text of a header: plain ASCII as it is, everything else as RFC 2047 encoded words of whole characters, folded. */
export function encodeHeaderText(text: string): string {
  const line = oneLine(text);
  if (/^[\x20-\x7e]*$/.test(line) && !line.includes('=?') && line.length <= 60) return line;
  const words: string[] = [];
  let chunk = '';
  let bytes = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (bytes + size > ENCODED_WORD_BYTES) {
      words.push(chunk);
      chunk = '';
      bytes = 0;
    }
    chunk += character;
    bytes += size;
  }
  words.push(chunk);
  return words.map((word) => `=?utf-8?B?${toBase64(encoder.encode(word))}?=`).join(`${CRLF} `);
}

function addressHeader(address: MailAddress): string {
  const name = oneLine(address.name ?? '')
    .slice(0, MAX_NAME_CHARS)
    .trim();
  if (name === '') return `<${address.email}>`;
  // Plain words may stand bare; everything else is an encoded word, so that no quote needs escaping.
  return /^[A-Za-z0-9 ]{1,60}$/.test(name) ? `${name} <${address.email}>` : `${forceEncoded(name)} <${address.email}>`;
}

function forceEncoded(text: string): string {
  const encoded = encodeHeaderText(text);
  return encoded.startsWith('=?') ? encoded : `=?utf-8?B?${toBase64(encoder.encode(text))}?=`;
}

/** A subject or name can never start a new header, nor read from right to left what it is not. */
const oneLine = (text: string): string => visibleLine(text).replace(/ {2,}/g, ' ');

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/** Bodies are base64 throughout: no line can be too long, and no dot or bare newline can meet a relay that rewrites it. */
function textPart(contentType: string, text: string, kind: '7bit-safe' | 'text' = 'text'): string {
  const normal = text.replace(/\r\n?|\n/g, CRLF);
  const inline = kind === '7bit-safe' ? `${CRLF}Content-Disposition: inline` : '';
  return `Content-Type: ${contentType}${inline}${CRLF}Content-Transfer-Encoding: base64${CRLF}${CRLF}${base64Lines(encoder.encode(normal))}`;
}

function filePart(file: MailAttachment): string {
  const bytes = typeof file.content === 'string' ? encoder.encode(file.content) : file.content;
  const plain =
    oneLine(file.filename)
      .replace(/[^A-Za-z0-9._-]/g, '_')
      .slice(0, 100) || 'attachment';
  const full = encodeURIComponent(oneLine(file.filename).slice(0, 100)).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return (
    `Content-Type: ${file.contentType}; name="${plain}"${CRLF}` +
    `Content-Disposition: attachment; filename="${plain}"; filename*=utf-8''${full}${CRLF}` +
    `Content-Transfer-Encoding: base64${CRLF}${CRLF}${base64Lines(bytes)}`
  );
}

function multipart(subtype: string, boundary: string, parts: readonly string[]): string {
  const frame = parts.map((part) => `--${boundary}${CRLF}${part}${CRLF}`).join('');
  return `Content-Type: multipart/${subtype}; boundary="${boundary}"${CRLF}${CRLF}${frame}--${boundary}--${CRLF}`;
}

/** `Fri, 20 Nov 2026 10:41:05 +0000` */
function rfc5322Date(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

function base64Lines(bytes: Uint8Array): string {
  const text = toBase64(bytes);
  const lines: string[] = [];
  for (let i = 0; i < text.length; i += BASE64_LINE) lines.push(text.slice(i, i + BASE64_LINE));
  return lines.join(CRLF);
}
