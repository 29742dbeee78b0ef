/** Guarantees of message texts: every text fills in every language, HTML is escaped, SMS cost is counted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../shared/i18n/language.ts';
import { notificationsDe } from '../../shared/i18n/compiled/notifications.de.ts';
import { smsSegments } from '../../shared/sms-segments.ts';
import { fill, htmlOf, linksOf, moneyText, whenTexts } from './compose.ts';
import { twilioUpdate } from './delivery-status.ts';

const VALUES = {
  date: 'D',
  time: 'T',
  when: 'W',
  branch_name: 'B',
  address: 'known',
  branch_address: 'A',
  service_name: 'S',
  staff_name: 'M',
  customer_name: 'K',
  calendar_link: 'L',
  undo: 'other',
  undo_link: 'U',
  tenant_name: 'N',
  code: '123456',
  balance: '1',
  amount: '2',
  bonus: 'other',
  portal_link: 'P',
  bonus_amount: '3',
  user_name: 'P',
  product_name: 'A',
  account_link: 'L',
  until: 'U',
  forgot_link: 'F',
  keys_link: 'K',
  key_name: 'E',
  key_prefix: 'ask_',
  operator_name: 'O',
  person_name: 'P',
  reason: 'R',
  security_link: 'S',
  sign_in_link: 'I',
  signup_link: 'R',
  why: 'said',
  days: 7,
  plan: 'other',
  support: 'known',
  support_contact: 'Z',
  request_link: 'https://x.test/admin/absence-requests/abs_1',
  from: 'F',
  span: 'other',
  has_reason: 'other',
  operations_link: 'O',
  opened: 2,
  kind: 'other',
  about: 'Q',
  callback_link: 'https://x.test/admin/callbacks/cbr_1',
  due: 'D',
  has_taker: 'other',
  taker_name: 'N',
  stop_link: 'Z',
  text: 'X',
  stop: 'other',
} as const;

describe('texts', () => {
  it('have no braces and no missing value left in any language', () => {
    for (const key of Object.keys(notificationsDe) as (keyof typeof notificationsDe)[])
      for (const language of LANGUAGES) expect(fill(key, language, VALUES)).not.toMatch(/[{}]|undefined/);
  });
  it('offer to take back, and name the bonus, only where there is one', () => {
    for (const language of LANGUAGES) {
      const body = (undo: 'offered' | 'other') => fill('appointment.cancelled.body', language, { ...VALUES, undo });
      expect(body('offered')).toMatch(/\n\n[^\n]+:\nU\n\n/);
      expect(body('other')).toBe(body('offered').replace(/\n\n[^\n]+:\nU/, ''));
      const credited = (bonus: 'given' | 'other') =>
        fill('balance.topup_succeeded.body', language, { ...VALUES, bonus });
      expect(credited('given')).toMatch(/, [a-zA-Z]+ 3 /);
      expect(credited('other')).not.toContain('3');
    }
  });
  it('are not called with less than they say', () => {
    // @ts-expect-error the code is missing
    fill('caller.code.sms', 'de', { tenant_name: 'N' });
    // @ts-expect-error no such text
    expect(() => fill('caller.code.fax', 'de', VALUES)).toThrow();
    // @ts-expect-error one of the two says more than the values given
    fill('balance.low.subject' as 'balance.low.subject' | 'balance.topup_succeeded.subject', 'de', { balance: '1' });
  });
  it('keep a confirmation by SMS within two segments for long names', () => {
    const text = fill('appointment.confirmed.sms', 'de', {
      ...VALUES,
      ...whenTexts(Date.UTC(2026, 10, 24, 13, 30), 'Europe/Berlin', 'de'),
      branch_name: 'Salon Schön Mitte',
      service_name: 'Haarschnitt',
      staff_name: 'Lena Vogel',
      calendar_link: '',
    });
    expect(smsSegments(text)).toBe(1);
    expect(text).toContain('14:30');
  });
  it.each(['appointment.cancelled.sms_undo', 'appointment.rescheduled.sms_undo'] as const)(
    'keep %s within two segments of plain characters for long names',
    (key) => {
      for (const language of LANGUAGES) {
        const text = fill(key, language, {
          ...VALUES,
          ...whenTexts(Date.UTC(2026, 10, 24, 13, 30), 'Europe/Berlin', language),
          branch_name: 'Friseursalon Schön & Söhne Berlin-Charlottenburg',
          service_name: 'Waschen, Schneiden, Föhnen + Färben mit Strähnen',
          staff_name: 'Maximiliane Größenwahn',
          undo_link: `https://termine.askproai.de/u/${'x'.repeat(22)}`,
        });
        expect(smsSegments(text)).toBe(2);
        expect(smsSegments(text.replace(/[^\n -~äöüÄÖÜß]/g, ''))).toBe(smsSegments(text));
      }
    },
  );
  it('say the branch clock, not the server clock', () => {
    expect(whenTexts(Date.UTC(2027, 2, 28, 7, 0), 'Europe/Berlin', 'de').time).toBe('09:00');
  });
  it.each([
    [262_50, 'EUR', 'de', '262,50 €'],
    [-5, 'EUR', 'en', '-€0.05'],
    [26_250, 'JPY', 'en', 'JP¥26,250'],
    [26_250, 'KWD', 'en', 'KWD 26.250'],
  ] as const)('show %i minor units of %s in %s as %s', (minor, currency, language, text) => {
    expect(moneyText(minor, currency, language).replace(/\s/g, ' ')).toBe(text);
  });
  it('escape whatever a name may hold', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const html = htmlOf(text, [text]).replace(/<\/?(?:!doctype html|html|body|p|br|a)(?:\s[^<>]*)?>/g, '');
        expect(html).not.toMatch(/[<>]/);
      }),
    );
  });
  it('makes links of our own addresses only, wherever a name puts another one', () => {
    const values = {
      ...VALUES,
      calendar_link: 'https://askpro.test/m/a?x=1&y=2',
      portal_link: 'https://askpro.test/m/a',
      customer_name: 'Eva https://evil.test\n\nhttps://askpro.test.evil.test "onclick=x',
      branch_name: 'www.evil.test',
    };
    const text = fill('appointment.confirmed.body', 'de', values);
    const html = htmlOf(text, linksOf({ ...values, days: '7', opened: '2' }));
    expect([...html.matchAll(/href="([^"]*)"/g)].map((m) => m[1])).toEqual(['https://askpro.test/m/a?x=1&amp;y=2']);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).toContain('Eva https://evil.test https://askpro.test.evil.test &quot;onclick=x,<');
    expect(htmlOf('https://evil.test', linksOf({ calendar_link: '' }))).not.toContain('<a ');
    expect(linksOf({ calendar_link: 'javascript:alert(1)', customer_name: 'https://evil.test' })).toEqual([]);
  });
  it('holds every value as one visible line', () => {
    const text = fill('appointment.cancelled.sms', 'de', { ...VALUES, branch_name: 'Salon\r\nX\u202e\u200bY' });
    expect(text).toContain('bei Salon XY am');
  });
  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['ş'.repeat(70), 1],
    ['ş'.repeat(71), 2],
  ])('count segments', (text, n) => expect(smsSegments(text)).toBe(n));
});

describe('delivery reports', () => {
  it('ends in the same state in any order', () => {
    const update = ['queued', 'sending', 'sent', 'delivered'].map((s) => twilioUpdate(s));
    fc.assert(
      fc.property(fc.shuffledSubarray(update, { minLength: 4 }), (order) => {
        let state = { status: 'pending', rank: 0 };
        for (const one of order) if (one && one !== 'nothing_new' && one.rank > state.rank) state = one;
        expect(state.status).toBe('delivered');
      }),
    );
    expect(twilioUpdate('brand-new-status')).toBeNull();
  });
});
