/** Call back requests are worked off: taken, done, given up and opened again, each with its row of the activity log. Over the real app. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { env, freshAddress, seedTenant, type SeededTenant } from '../../tests/contract/tenants.ts';
import { CALLBACK_STATUSES } from '../../shared/call-status.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { openTenant } from '../tenancy/scope.ts';
import { requestCallback } from './callbacks.ts';

async function ask(at: SeededTenant, method: string, path: string, body?: unknown) {
  const ctx = createExecutionContext();
  const response = await app.fetch(
    new Request(`${at.origin}/api/v1/callback-requests${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${at.apiKey}`,
        'Content-Type': 'application/json',
        'CF-Connecting-IP': freshAddress(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    env,
    ctx,
  );
  await waitOnExecutionContext(ctx);
  return { status: response.status, body: (await response.json()) as { data: never; error?: { code: string } } };
}
const noted = (at: SeededTenant): Promise<string> => {
  const scope = openTenant(platformOf(env), at.tenantId, { kind: 'system', cause: 'demo' });
  return requestCallback(scope, { kind: 'callback', callId: null, phone: '+4915112345678', reason: 'Rückfrage' });
};
const logOf = async (at: SeededTenant, id: string): Promise<number> =>
  (
    await env.DB.prepare(
      "SELECT count(*) AS many FROM audit_log WHERE tenant_id = ?1 AND subject_id = ?2 AND description = 'callback_request.updated'",
    )
      .bind(at.tenantId, id)
      .first<{ many: number }>()
  )?.many ?? -1;

describe('a call back request', () => {
  it('is taken, done and opened again, and each change is in the activity log', async () => {
    const at = await seedTenant();
    const id = await noted(at);
    expect((await ask(at, 'GET', `/${id}`)).body.data).toMatchObject({
      status: 'open',
      assigned_to: null,
      closed_at: null,
    });
    const taken = await ask(at, 'PATCH', `/${id}`, { assigned_to: at.userId });
    expect([taken.status, taken.body.data]).toMatchObject([200, { status: 'assigned', assigned_to: at.userId }]);
    const done = await ask(at, 'PATCH', `/${id}`, { status: 'done' });
    expect(done.body.data).toMatchObject({
      status: 'done',
      assigned_to: at.userId,
      closed_at: expect.stringMatching(/^20/),
    });
    expect((await ask(at, 'GET', '?status=done')).body.data).toMatchObject([{ id }]);
    expect((await ask(at, 'GET', '?status=open')).body.data).toEqual([]);
    expect((await ask(at, 'PATCH', `/${id}`, { status: 'failed' })).body.data).toMatchObject({ status: 'failed' });
    const again = await ask(at, 'PATCH', `/${id}`, { status: 'open' });
    expect(again.body.data).toMatchObject({ status: 'open', assigned_to: null, closed_at: null });
    expect(await logOf(at, id)).toBe(4);
  });

  it('that nobody changes leaves no row, whether the body is empty or says what is so', async () => {
    const at = await seedTenant();
    const id = await noted(at);
    for (const body of [{}, { status: 'open' }])
      expect((await ask(at, 'PATCH', `/${id}`, body)).status, JSON.stringify(body)).toBe(200);
    expect(await logOf(at, id)).toBe(0);
  });

  it('knows four states, no strangers and no nobody', async () => {
    const [at, other] = [await seedTenant(), await seedTenant()];
    const id = await noted(at);
    expect([...CALLBACK_STATUSES]).toEqual(['open', 'assigned', 'done', 'failed']);
    const refused = async (body: unknown) => {
      const { status, body: said } = await ask(at, 'PATCH', `/${id}`, body);
      return [status, said.error?.code];
    };
    expect(await refused({ status: 'closed' })).toEqual([422, 'VALIDATION_ERROR']);
    expect(await refused({ assigned_to: other.userId })).toEqual([404, 'NOT_FOUND']);
    expect(await refused({ status: 'assigned' })).toEqual([422, 'VALIDATION_ERROR']);
    expect(await refused({ status: 'open', assigned_to: at.userId })).toEqual([422, 'VALIDATION_ERROR']);
    expect((await ask(other, 'PATCH', `/${id}`, { status: 'done' })).status).toBe(404);
    expect(await logOf(at, id)).toBe(0);
  });

  it('is changed by two people at once without a change that the log does not know', async () => {
    const at = await seedTenant();
    const id = await noted(at);
    const answers = await Promise.all(
      (['done', 'failed'] as const).map((status) => ask(at, 'PATCH', `/${id}`, { status })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await logOf(at, id)).toBe(2);
  });
});
