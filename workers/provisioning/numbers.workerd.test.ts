/** Numbers: imported by the operator, claimed by a business, waited for, given back; and who calls from the shop's own. */
import { describe, expect, it } from 'vitest';
import type { Permission } from '../../shared/permissions.ts';
import { askApi } from '../../tests/contract/requests.ts';
import { seedTenant } from '../../tests/contract/tenants.ts';
import { forgetTenant, numberRecord } from '../storage/platform-db.ts';
import { openAlarms } from '../storage/queries/alarms.ts';
import { countNumbers, keepOrder, numberLearnt, poolPage, routeNumber } from '../storage/queries/numbers.ts';
import { auditValues } from '../storage/tables/identity.ts';
import { forgetAllInMemory } from '../tenancy/directory.ts';
import { Caller, env, onFriday, salon, send } from '../telephony/telephony.fixture.ts';
import { importNumbers, takeOut } from './commands/number-pool.ts';
import { orderNumber, releaseNumber } from './commands/order-number.ts';
import { updateNumber } from './commands/update-number.ts';
import { createAgent } from './commands/write-agent.ts';
import { provisioningCrons } from './jobs.ts';
import {
  account,
  draft,
  fieldsFor,
  freeNumber,
  imported,
  must,
  numberNow,
  operator,
  ordered,
  platform,
  provisioned,
  scopeOf,
  wire,
  withRetell,
  world,
} from './provisioning.fixture.ts';

onFriday();
withRetell();

const trunk = {
  termination_uri: 'sip.carrier.example',
  transport: 'TLS' as const,
  sip_username: null,
  sip_password: null,
};
const emptyPoolAlarms = async () =>
  (await openAlarms(platform, null)).filter(({ kind }) => kind === 'number_pool_empty').map(({ subject }) => subject);
/** Whatever other tests left free. */
async function emptied(): Promise<void> {
  for (const { id } of await poolPage(operator().db, { state: 'free', after: null, limit: 100 }))
    must(await takeOut(operator(), id));
}

describe('the pool', () => {
  it('takes all numbers of an import or none, in any spelling, and seals the password', async () => {
    const [one, other] = [freeNumber(), freeNumber()];
    const spelled = `${one.slice(0, 3)} (30) ${one.slice(5, 8)}-${one.slice(8)}`;
    const bad = await importNumbers(platform, operator(), world, { ...trunk, numbers: [one, '030 1234', '+49'] });
    expect(bad).toMatchObject({
      error: {
        code: 'VALIDATION_ERROR',
        errors: { 'numbers.1': [expect.any(String)], 'numbers.2': [expect.any(String)] },
      },
    });
    expect(await imported(spelled, other)).toEqual({ imported: [one, other], known: [], settled: 0 });
    expect(await imported(one)).toEqual({ imported: [], known: [one], settled: 0 });
    const rows = await env.DB.prepare('SELECT sealed_sip_password AS sealed FROM pool_numbers WHERE e164 = ?1')
      .bind(one)
      .all<{ sealed: string }>();
    expect(rows.results[0]?.sealed).toMatch(/^v1\./);
    const kept = JSON.stringify([
      rows,
      await operator().db.rows(auditValues),
      await poolPage(operator().db, { state: 'free', after: null, limit: 100 }),
    ]);
    expect(kept).not.toContain('sip-secret-0815');
  });

  it('lets only free numbers be taken out, and takes them in again', async () => {
    await emptied();
    const number = freeNumber();
    await imported(number);
    const [row] = await poolPage(operator().db, { state: 'free', after: null, limit: 1 });
    expect(must(await takeOut(operator(), row?.id ?? ''))).toMatchObject({ state: 'removed', sealedSipPassword: null });
    expect(await takeOut(operator(), row?.id ?? '')).toMatchObject({ error: { code: 'ILLEGAL_TRANSITION' } });
    expect((await imported(number)).imported).toEqual([number]);
    const at = await salon();
    expect((await ordered(at)).e164).toBe(number);
    expect(await takeOut(operator(), row?.id ?? '')).toMatchObject({ error: { code: 'ILLEGAL_TRANSITION' } });
  });

  it('is the operator’s alone', async () => {
    const { apiKey } = await seedTenant({
      scopes: ['create_phone_numbers', 'view_phone_numbers', 'create_number_pool' as Permission],
    });
    for (const [method, path] of [
      ['GET', '/api/v1/number-pool'],
      ['POST', '/api/v1/number-pool'],
    ] as const)
      expect(
        (
          await askApi(
            apiKey,
            method,
            path,
            method === 'GET' ? {} : { body: { numbers: ['+4930'], termination_uri: 'sip.x' } },
          )
        ).status,
      ).toBe(403);
  });
});

describe('a business', () => {
  it('waits while the pool is empty, and the next import settles the oldest order of the country', async () => {
    await emptied();
    const [first, second] = [await salon(), await salon()];
    const [one, other] = [await ordered(first), await ordered(second)];
    expect([one, other]).toMatchObject([
      { state: 'waiting', e164: null },
      { state: 'waiting', e164: null },
    ]);
    expect(await emptyPoolAlarms()).toEqual(['DE']);
    const swiss = `+4144${freeNumber().slice(-7)}`;
    expect(await imported(swiss)).toMatchObject({ settled: 0 });
    const number = freeNumber();
    expect(await imported(number)).toMatchObject({ settled: 1 });
    expect(await numberNow(first, one.id)).toMatchObject({ state: 'assigned', e164: number });
    expect(await numberNow(second, other.id)).toMatchObject({ state: 'waiting' });
    // Somebody waits still.
    expect(await emptyPoolAlarms()).toEqual(['DE']);
    expect(await imported(freeNumber())).toMatchObject({ settled: 1 });
    expect(await emptyPoolAlarms()).toEqual([]);
    expect(await numberRecord(platform, number)).toMatchObject({ tenantId: first.tenantId, branchId: first.branchId });
  });

  it('that orders many at once gets no more than its limit', async () => {
    const at = await salon();
    await env.DB.prepare(`UPDATE tenants SET limits = '{"phone_numbers": 2}' WHERE id = ?1`).bind(at.tenantId).run();
    forgetTenant(at.tenantId);
    const order = { branch_id: at.branchId as never };
    const asked = await Promise.all(Array.from({ length: 6 }, () => orderNumber(platform, scopeOf(at), world, order)));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(2);
    for (const one of asked)
      if (!one.ok) expect(one.error).toEqual({ code: 'LIMIT_REACHED', limit: 'phone_numbers', max: 2 });
    expect(await countNumbers(scopeOf(at).db)).toBe(2);
  });

  it('two that ask at once for the last number: one gets it, the other waits', async () => {
    await emptied();
    await imported(freeNumber());
    const [first, second] = [await salon(), await salon()];
    const states = (await Promise.all([ordered(first), ordered(second)])).map(({ state }) => state);
    expect(states.sort()).toEqual(['assigned', 'waiting']);
    await imported(freeNumber());
  });

  it('gets its number also when the process died between claim and row', async () => {
    await emptied();
    const at = await salon();
    const order = await ordered(at);
    const number = freeNumber();
    await imported(number);
    // As it was after the claim: the order is still there, the row knows nothing.
    await numberLearnt(scopeOf(at).db, order.id, { state: 'waiting', e164: null });
    await keepOrder(scopeOf(at).db, { numberId: order.id, country: 'DE', createdAt: order.createdAt });
    const cron = provisioningCrons(platform, () => world).find(({ name }) => name === 'settle_number_orders');
    const ran = await cron?.run({ due: 0 as never, now: 0 as never, startJob: async () => 0 });
    expect(ran?.['settled']).toBeGreaterThanOrEqual(1);
    expect(await numberNow(at, order.id)).toMatchObject({ state: 'assigned', e164: number });
  });

  it('gives its number back: Retell forgets it, and the next one gets it', async () => {
    await emptied();
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    const { id } = await ordered(at);
    await provisioned(at, (await draft(at)).id);
    expect(account.reachedBy(number)).not.toBeNull();
    wire.down = 503;
    expect(await releaseNumber(scopeOf(at), id)).toMatchObject({ error: { code: 'UPSTREAM_UNAVAILABLE' } });
    expect(await numberNow(at, id)).toMatchObject({ state: 'live' });
    wire.down = null;
    expect(must(await releaseNumber(scopeOf(at), id))).toMatchObject({ state: 'released' });
    expect(account.view().numbers).toEqual([]);
    expect(await numberRecord(platform, number)).toBeNull();
    const next = await salon();
    expect((await ordered(next)).e164).toBe(number);
    expect(await numberRecord(platform, number)).toMatchObject({ tenantId: next.tenantId });
    // The earlier one can not take it back by the directory.
    expect(await routeNumber(scopeOf(at).db, { e164: number, branchId: at.branchId, agentId: null })).toBe(false);
  });

  it('who calls from the published number is the shop itself: it identifies nobody', async () => {
    await emptied();
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    const { id } = await ordered(at);
    const { agentId } = await provisioned(at, (await draft(at)).id);
    forgetAllInMemory();
    const shop = '+493012399887';
    // Somebody is known under the shop's own line: an old card of the owner's.
    const first = new Caller({ ...at, number, agentId: agentId ?? '' }, shop);
    await first.rings();
    first.tells('Erika Berg');
    await first.says('book-appointment', {
      service: 'Haarschnitt',
      when: 'Dienstag um elf',
      customer_name: 'Erika Berg',
    });
    const before = new Caller({ ...at, number, agentId: agentId ?? '' }, shop);
    await before.rings();
    expect(before.variables['customer_known']).toBe('true');
    must(await updateNumber(scopeOf(at), { id, expectedVersion: null, change: { published_number: '030 12399887' } }));
    expect(await numberNow(at, id)).toMatchObject({ publishedNumber: shop });
    const after = new Caller({ ...at, number, agentId: agentId ?? '' }, shop);
    await after.rings();
    expect(after.variables['customer_known']).toBe('false');
    // And no longer, once it is another one.
    must(await updateNumber(scopeOf(at), { id, expectedVersion: null, change: { published_number: null } }));
    const again = new Caller({ ...at, number, agentId: agentId ?? '' }, shop);
    await again.rings();
    expect(again.variables['customer_known']).toBe('true');
  });

  it('a call shows that the forwarding works', async () => {
    await emptied();
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    const { id } = await ordered(at);
    expect(await numberNow(at, id)).toMatchObject({ firstCallAt: null });
    forgetAllInMemory();
    const answered = await send('/webhooks/retell/inbound', {
      event: 'call_inbound',
      call_inbound: { call_id: 'call_forwarded_1', from_number: '+4915112345678', to_number: number },
    });
    expect(answered.status).toBe(200);
    const row = await numberNow(at, id);
    expect(row.firstCallAt).not.toBeNull();
    expect(row.lastCallAt).toBe(row.firstCallAt);
  });

  it('is refused what makes no sense', async () => {
    const [at, theirs] = [await salon(), await salon()];
    const order = (more: object) =>
      orderNumber(platform, scopeOf(at), world, { branch_id: at.branchId as never, ...more });
    expect(await order({ branch_id: theirs.branchId })).toMatchObject({
      error: { code: 'NOT_FOUND', entity: 'branch' },
    });
    expect(await order({ published_number: 'call me' })).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    const { id } = await ordered(at);
    const agent = await draft(theirs);
    expect(
      await updateNumber(scopeOf(at), { id, expectedVersion: null, change: { agent_id: agent.id as never } }),
    ).toMatchObject({ error: { code: 'NOT_FOUND', entity: 'retell_agent' } });
    const create = (more: Parameters<typeof fieldsFor>[1]) => createAgent(scopeOf(at), fieldsFor(at, more));
    for (const [more, field] of [
      [{ first_sentence: 'Guten Tag, hier ist Anna.' }, 'first_sentence'],
      [{ first_sentence: 'Hier ist die KI-Assistentin {{company_name}}.' }, 'first_sentence'],
      [{ voice: 'adrian' as const }, 'voice'],
      [{ transfer_number: '12' }, 'transfer_number'],
      // A line that is forwarded to the agent would come back to it.
      [{ transfer_number: at.number }, 'transfer_number'],
    ] as const)
      expect(await create(more)).toMatchObject({
        error: { code: 'VALIDATION_ERROR', errors: { [field]: [expect.any(String)] } },
      });
    expect(await create({ branch_id: theirs.branchId as never })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(must(await create({ transfer_number: '0170 1234567' })).transferNumber).toBe('+491701234567');
  });
});
