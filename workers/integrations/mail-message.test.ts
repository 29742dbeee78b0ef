import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildMime, encodeHeaderText, isMailAddress, type MailMessage } from './mail-message.ts';
import { visibleLine } from '../../shared/visible-text.ts';
import { dotStuff, parseSmtpUrl } from './smtp.ts';

const message: MailMessage = {
  from: { email: 'termine@salon-schoen.test', name: 'Salon Schön' },
  to: { email: 'erika@example.test', name: 'Erika Mustermann' },
  subject: 'Ihr Termin am Samstag, 21. November — halb drei',
  text: 'Hallo Erika,\n.\nbis bald!',
  messageId: 'ntf_1@askproai.test',
  date: Date.parse('2026-11-20T10:00:00Z'),
};
function built(over: Partial<MailMessage> = {}): string {
  const mime = buildMime({ ...message, ...over }, 'boundary');
  if (!mime.ok) throw new Error(JSON.stringify(mime.error));
  return mime.value;
}

it('every line is ASCII and at most 998 characters, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      (subject, text, name) => {
        const mime = built({ subject, text, to: { email: 'a@b.test', name } });
        for (const line of mime.split('\r\n')) expect(line).toMatch(/^[\x20-\x7e]{0,998}$/);
      },
    ),
    { numRuns: 200 },
  );
});

it('no subject, name or further header can add a header or recipient', () => {
  const evil = 'Termin\r\nBcc: evil@example.test\r\n\r\nbody';
  const mime = built({
    subject: evil,
    from: { email: 'a@b.test', name: evil },
    to: { email: 'c@d.test', name: '"x" <evil@example.test>, y' },
  });
  expect(mime.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
  expect(mime.match(/^To: /gm)).toHaveLength(1);
  expect(mime).not.toContain('<evil@example.test>');
  expect(buildMime({ ...message, headers: { 'X-A': 'b\r\nBcc: evil@example.test' } }, 'b')).toMatchObject({
    ok: false,
  });
  expect(buildMime({ ...message, headers: { Subject: 'x' } }, 'b')).toMatchObject({ ok: false });
  expect(buildMime({ ...message, messageId: 'a>\r\nBcc: e@e' }, 'b')).toMatchObject({ ok: false });
});

it('what nobody sees is in no subject and no name', () => {
  const mime = built({ subject: 'Termin\u202e\u200b', to: { email: 'c@d.test', name: 'Eva\u2066gnp.exe\u0000' } });
  expect(mime).toContain('Subject: Termin\r\n');
  const name = /^To: =\?utf-8\?B\?([^?]*)\?= /m.exec(mime)?.[1] ?? '';
  expect(Buffer.from(name, 'base64').toString()).toBe('Evagnp.exe');
});

it.each([
  '',
  'a',
  '@b',
  'a@',
  'a b@c.test',
  'a@b.test\r\nRCPT TO:<evil@e.test>',
  'a@b.test>',
  '"a"@b.test',
  'a@b@c',
  'a\0@b.test',
])('refuses the address %j', (email) => {
  expect(isMailAddress(email)).toBe(false);
  expect(buildMime({ ...message, to: { email } }, 'b')).toEqual({
    ok: false,
    error: { field: 'to', reason: 'address' },
  });
});

it('an encoded word never splits a character and decodes to the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const clean = visibleLine(text).replace(/ {2,}/g, ' ');
      const encoded = encodeHeaderText(clean);
      const decoded = encoded.startsWith('=?')
        ? encoded
            .replace(/\?=\r\n =\?/g, '?==?')
            .replace(/=\?utf-8\?B\?([^?]*)\?=/g, (_, word: string) =>
              new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(word, 'base64')),
            )
        : encoded;
      expect(decoded).toBe(clean);
      for (const word of encoded.split('\r\n ')) expect(word.length).toBeLessThanOrEqual(75);
    }),
    { numRuns: 300 },
  );
});

it('dots at the start of a line are doubled, and the text ends with a line break', () => {
  expect(dotStuff('.a\r\n.\r\n..b')).toBe('..a\r\n..\r\n...b\r\n');
  expect(dotStuff('a\r\n')).toBe('a\r\n');
});

it('the invitation is a calendar part with its method and an attached file', () => {
  const mime = built({ calendar: { method: 'CANCEL', ics: 'BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n' } });
  expect(mime).toContain('Content-Type: text/calendar; charset=utf-8; method=CANCEL');
  expect(mime).toContain('filename="invite.ics"');
});

it.each([
  ['smtp://127.0.0.1:8789', { host: '127.0.0.1', port: 8789, security: 'none' }],
  [
    'smtp://user:p%40ss@mail.example.com',
    { host: 'mail.example.com', port: 587, security: 'starttls', username: 'user', password: 'p@ss' },
  ],
  ['smtps://mail.example.com', { host: 'mail.example.com', port: 465, security: 'implicit' }],
  ['http://mail.example.com', null],
  ['nonsense', null],
])('reads the relay from %s', (url, expected) => {
  expect(parseSmtpUrl(url)).toEqual(expected);
});
