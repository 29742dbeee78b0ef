/** What the operator's page asks: every way out is a route, a body and a key, which tests/contract/money-edges.workerd.test.ts goes through. */
import { describe, expect, it } from 'vitest';
import { ALARM_KINDS, type AlarmKind } from '../../../shared/alarm-kinds.ts';
import { type AlarmView, reasonRequest, skipRequest, type UnmatchedView } from '../../../shared/contract/operations.ts';
import type { ApiClient } from '../../ui/api-client.ts';
import { type WayOut, waysOutOfAlarm, waysOutOfParked, waysOutOfPayment } from './ways-out.ts';

const SAID = { reason: 'looked at it together', tenant: 'ten_1', topup: 'top_1' };
interface Asked {
  path: string;
  body: unknown;
  key: string | undefined;
}

/** What each way out posts, by its label. */
async function asked(ways: readonly WayOut[]): Promise<Record<string, Asked>> {
  const posts: Record<string, Asked> = {};
  for (const way of ways) {
    const api = {
      post: (path: string, body: unknown, key?: string) => {
        posts[way.label.replace('operations.act.', '')] = { path, body, key };
        return Promise.resolve({ ok: true, body: {}, requestId: null });
      },
    } as unknown as ApiClient;
    await way.send(api, SAID, 'key_1');
  }
  return posts;
}
const alarm = (kind: AlarmKind, changes: Partial<AlarmView> = {}): AlarmView => ({
  id: 'alm_1',
  kind,
  subject: 'ten_1/ledger/project',
  tenant_id: 'ten_1',
  tenant_name: 'Salon',
  first_seen_at: '2026-11-22T08:00:00Z',
  opened_at: '2026-11-22T08:00:00Z',
  last_seen_at: '2026-11-22T08:00:00Z',
  count: 1,
  detail: { seq: 7 },
  cleared_at: null,
  cleared_by: null,
  reason: null,
  ...changes,
});
const paths = async (ways: readonly WayOut[]): Promise<string[]> =>
  Object.values(await asked(ways)).map(({ path }) => path);

describe('an alarm', () => {
  const OBJECT = '/api/v1/objects/ten_1/ledger';
  const CLEAR = '/api/v1/alarms/alm_1/clear';
  it.each([
    ['sink_stopped', ['skip', 'rebuild', 'verify']],
    ['object_behind', ['restore', 'verify']],
    ['ledger_differs', ['verify', 'repair', 'rebuild']],
  ] as const)('%s: what can be done to its object, the likeliest first, and clearing it', async (kind, verbs) => {
    expect(await paths(waysOutOfAlarm(alarm(kind)))).toEqual([...verbs.map((verb) => `${OBJECT}/${verb}`), CLEAR]);
  });
  it.each(ALARM_KINDS)('%s can be cleared with a reason, once', async (kind) => {
    const { clear } = await asked(waysOutOfAlarm(alarm(kind)));
    expect(clear).toEqual({ path: CLEAR, body: { reason: SAID.reason }, key: 'key_1' });
    expect(waysOutOfAlarm(alarm(kind, { cleared_at: '2026-11-22T09:00:00Z' }))).toEqual([]);
  });
  it('of a stopped sink skips the event that it names, and none when it names none', async () => {
    const { skip } = await asked(waysOutOfAlarm(alarm('sink_stopped')));
    expect(skipRequest.parse(skip?.body)).toEqual({ seq: 7, reason: SAID.reason });
    expect(Object.keys(await asked(waysOutOfAlarm(alarm('sink_stopped', { detail: {} }))))).not.toContain('skip');
  });
  it('sends a reason with all that changes something', async () => {
    for (const kind of ALARM_KINDS)
      for (const [label, { body }] of Object.entries(await asked(waysOutOfAlarm(alarm(kind)))))
        if (label !== 'verify') expect(reasonRequest.safeParse(body).success, `${kind} ${label}`).toBe(true);
  });
});

describe('a payment that fits nothing', () => {
  const event: UnmatchedView = {
    tenant_id: 'unknown',
    id: 'evt_1',
    event_type: 'charge.dispute.created',
    payment_id: 'pi_1',
    reason: 'payment_unknown',
    amount_cents: 100,
    currency: 'EUR',
    created_at: '2026-11-22T08:00:00Z',
    resolved_at: null,
    resolved_by: null,
    resolution: null,
    note: null,
  };
  it('is matched to a top-up or ignored; without a payment there is nothing to match', async () => {
    const path = '/api/v1/unmatched-payments/unknown/evt_1';
    expect(await asked(waysOutOfPayment(event))).toEqual({
      match: {
        path: `${path}/match`,
        body: { tenant_id: 'ten_1', topup_id: 'top_1', reason: SAID.reason },
        key: 'key_1',
      },
      ignore: { path: `${path}/ignore`, body: { reason: SAID.reason }, key: 'key_1' },
    });
    expect(await paths(waysOutOfPayment({ ...event, payment_id: null }))).toEqual([`${path}/ignore`]);
    expect(waysOutOfPayment({ ...event, resolved_at: '2026-11-22T09:00:00Z' })).toEqual([]);
  });
});

it('parked work is begun anew or said to be done with', async () => {
  const parked = waysOutOfParked({
    id: 'whl_1',
    tenant_id: 'ten_1',
    queue: 'askproai-high',
    reason: 'gave up',
    message: '{}',
    at: '2026-11-22T08:00:00Z',
  });
  expect(await paths(parked)).toEqual(['replay', 'settle'].map((verb) => `/api/v1/parked-work/ten_1/whl_1/${verb}`));
});
