import { expect, it } from 'vitest';
import type { ApiAnswer, ApiClient } from './api-client.ts';
import { withConfirmation } from './with-confirmation.ts';

const fault = (code: string): ApiAnswer<never> => ({
  ok: false,
  fault: { status: 403, code, message: '', details: {}, errors: {}, retryAfterSeconds: null, requestId: null },
});
function client(answers: ApiAnswer<unknown>[]): { api: ApiClient; sent: unknown[] } {
  const sent: unknown[] = [];
  const post = async (...request: unknown[]) => {
    sent.push(request);
    return answers.shift() ?? fault('NONE');
  };
  return { api: { get: post, post, patch: post, delete: post } as unknown as ApiClient, sent };
}
const DONE: ApiAnswer<unknown> = { ok: true, body: { done: true }, requestId: null };

it('sends the same request once more when the password was confirmed', async () => {
  const { api, sent } = client([fault('CONFIRMATION_REQUIRED'), DONE]);
  const answer = await withConfirmation(api, async () => true).post('/api/v1/users', { a: 1 }, 'key');
  expect(answer).toEqual(DONE);
  expect(sent).toEqual([
    ['/api/v1/users', { a: 1 }, 'key'],
    ['/api/v1/users', { a: 1 }, 'key'],
  ]);
});

it('leaves the refusal where nobody confirms, and every other one', async () => {
  const refused = client([fault('CONFIRMATION_REQUIRED')]);
  expect(await withConfirmation(refused.api, async () => false).delete('/x')).toEqual(fault('CONFIRMATION_REQUIRED'));
  const denied = client([fault('PERMISSION_DENIED')]);
  let asked = 0;
  const ask = async () => ++asked > 0;
  expect(await withConfirmation(denied.api, ask).patch('/x', {})).toEqual(fault('PERMISSION_DENIED'));
  expect(asked).toBe(0);
});

it('asks once for requests beside each other, and sends each again; the next one is asked for anew', async () => {
  const needed = fault('CONFIRMATION_REQUIRED');
  const { api, sent } = client([needed, needed, DONE, DONE, needed]);
  const answers: ((isConfirmed: boolean) => void)[] = [];
  const confirmed = withConfirmation(api, () => new Promise((resolve) => answers.push(resolve)));
  const both = [confirmed.post('/a', {}), confirmed.patch('/b', {})];
  await new Promise((resolve) => setTimeout(resolve));
  expect(answers).toHaveLength(1);
  answers[0]?.(true);
  expect(await Promise.all(both)).toEqual([DONE, DONE]);
  expect(sent).toHaveLength(4);
  const later = confirmed.delete('/c');
  await new Promise((resolve) => setTimeout(resolve));
  expect(answers).toHaveLength(2);
  answers[1]?.(false);
  expect(await later).toEqual(needed);
});
