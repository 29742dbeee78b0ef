/** The stand-in for somebody without an address is known again, however it is written, and no person's address is taken for one. */
import { expect, it } from 'vitest';
import { isPlaceholderEmail, placeholderEmail } from './placeholder-email.ts';

it('is known again in any case and with spaces around', () => {
  const made = placeholderEmail('apt_0K2m', 'askproai.de');
  expect(made).toBe('apt_0k2m@no-mail.askproai.de');
  for (const one of [made, ` ${made.toUpperCase()} `, '491761234567@sms.cal.com', 'X@SMS.CAL.COM'])
    expect(isPlaceholderEmail(one), one).toBe(true);
});

it('is no address that a person has', () => {
  for (const one of [
    'eva@example.test',
    'no-mail@askproai.de',
    'x@sms.cal.com.example.test',
    'x@nomail.de',
    '',
    'no-mail.de',
  ])
    expect(isPlaceholderEmail(one), one).toBe(false);
});
