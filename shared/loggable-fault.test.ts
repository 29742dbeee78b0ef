/** What a log line may carry of a fault. */
import { expect, it } from 'vitest';
import { loggable, withoutPersonal } from './loggable-fault.ts';

it.each([
  ['Failed query: select 1 where x = ?\nparams: ten_1,+4915155554444,Eva', 'Failed query: select 1 where x = ?'],
  ['Twilio 21211: +49 151 5555-4444 is no number', 'Twilio 21211: … is no number'],
  ['mail to eva@example.org failed', 'mail to …@… failed'],
  ['HTTP 503 on port 8787', 'HTTP 503 on port 8787'],
])('%j → %j', (text, kept) => {
  expect(withoutPersonal(text)).toBe(kept);
});

it('keeps message, cause and frames of an error, without values', () => {
  const fault = new Error('params: 1', { cause: new Error('D1_ERROR: no such table\nparams: +4915155554444') });
  const line = JSON.stringify(loggable(fault));
  expect(line).toContain('no such table');
  expect(line).not.toContain('5155554444');
  expect(loggable('plain')).toEqual({ error: 'plain' });
});
