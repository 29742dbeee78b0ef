/** The operator sees the jobs of single tenants over all shards, with what failed, and does with them what their tenant could. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { heldJob } from '../../tests/contract/held-job.ts';
import { askApi } from '../../tests/contract/requests.ts';
import { env, type SeededTenant, seedTenant, tenantRecord } from '../../tests/contract/tenants.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import type { JobState } from '../../shared/job-status.ts';
import { platformOf } from '../env.ts';
import { PLATFORM_TENANT } from '../jobs/world.ts';
import { allShards } from '../storage/d1.ts';
import { saveTenant } from '../storage/platform-db.ts';
import { type NewJob, tenantJobsQuery } from '../storage/queries/jobs.ts';
import { jobItems } from '../storage/tables/jobs.ts';
import { TenantDb } from '../storage/tenant-db.ts';

const platform = platformOf(env);
let operator: SeededTenant;
let tenant: SeededTenant;
let neighbour: TenantId;
beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  tenant = await seedTenant();
  neighbour = `${newId('tenant', processNow())}.s1` as TenantId;
  await saveTenant(platform, tenantRecord({ id: neighbour }));
});
afterEach(() => setClockOffset(0));

const ask = (method: string, path: string, body?: unknown) =>
  askApi(operator.apiKey, method, path, body === undefined ? {} : { body });
const PATH = '/api/v1/tenant-jobs';

const job = (of: TenantId, state: JobState, over: Partial<NewJob> = {}): Promise<string> =>
  heldJob(new TenantDb(platform, of), state, over);

describe('jobs of single tenants', () => {
  it('come by pages over both shards, each once, newest first, without those of the platform', async () => {
    const now = processNow();
    const wanted: string[] = [];
    for (let n = 0; n < 3; n++)
      for (const [of, state] of [
        [tenant.tenantId, 'done'],
        [neighbour, 'failed'],
        [tenant.tenantId, 'queued'],
      ] as const)
        wanted.push(await job(of, state, { createdAt: now + n }));
    const platforms = await job(PLATFORM_TENANT, 'done');
    const found: string[] = [];
    let cursor = '';
    for (let page = 0; page < 60; page++) {
      const { body } = await ask('GET', `${PATH}?limit=2${cursor}`);
      found.push(...body.data.map(({ id }: { id: string }) => id));
      if (body.meta.next_cursor === null) break;
      cursor = `&cursor=${encodeURIComponent(body.meta.next_cursor)}`;
    }
    expect(found.filter((id) => wanted.includes(id)).sort()).toEqual([...wanted].sort());
    expect(found).toEqual([...found].sort().reverse());
    expect(new Set(found).size).toBe(found.length);
    expect(found).not.toContain(platforms);
  });

  it('are found by tenant, state and kind, and say whose they are, how often they were tried and why they failed', async () => {
    const id = await job(neighbour, 'failed', { kind: 'check_agents', attempts: 4, error: 'retell: 503', failed: 1 });
    await job(neighbour, 'done', { kind: 'check_agents' });
    const asked = `${PATH}?tenant_id=${neighbour}&state=failed&kind=check_agents`;
    const { body } = await ask('GET', asked);
    expect(body.data.map((one: { id: string }) => one.id)).toEqual([id]);
    expect(body.data[0]).toMatchObject({
      tenant_id: neighbour,
      kind: 'check_agents',
      state: 'failed',
      attempts: 4,
      error: 'retell: 503',
      begun_by: 'system:test',
      next_try_at: null,
    });
    expect((await ask('GET', `${PATH}?tenant_id=${newId('tenant', 1)}`)).body.data).toEqual([]);
    expect((await ask('GET', `${PATH}?kind=no_such_kind&limit=2`)).body.data).toEqual([]);
    const db = new TenantDb(platform, neighbour);
    await db.insert(jobItems, { jobId: id, outcome: 'failed', step: 'check', item: 'agt_1', reason: 'gone', at: 1 });
    const items = await ask('GET', `${PATH}/${neighbour}/${id}/items`);
    expect(items.body.data).toMatchObject([{ step: 'check', item: 'agt_1', reason: 'gone' }]);
    // Somebody else's job is not theirs.
    expect((await ask('GET', `${PATH}/${tenant.tenantId}/${id}/items`)).status).toBe(404);
  });

  it('are paused, resumed, cancelled and run again with a reason, written down on both sides', async () => {
    const id = await job(neighbour, 'queued');
    const act = (verb: string, of: string = id) =>
      ask('POST', `${PATH}/${neighbour}/${of}/${verb}`, { reason: 'asked to' });
    expect((await act('pause')).body.data).toMatchObject({ id, state: 'paused', tenant_id: neighbour });
    expect((await act('pause')).body.error.code).toBe('ILLEGAL_TRANSITION');
    expect((await act('resume')).body.data.state).toBe('queued');
    expect((await act('cancel')).body.data.state).toBe('cancelled');
    expect((await ask('POST', `${PATH}/${neighbour}/${id}/pause`, {})).status).toBe(422);
    const ended = await job(neighbour, 'done', { failed: 1 });
    const again = await act('rerun', ended);
    expect(again.body.data).toMatchObject({ rerun_of: ended, tenant_id: neighbour });
    expect(again.body.data.id).not.toBe(ended);
    const rows = async (db: D1Database, of: string): Promise<unknown[]> =>
      (
        await db
          .prepare(
            'SELECT description, causer_type FROM audit_log WHERE tenant_id = ?1 AND subject_id = ?2 ORDER BY id',
          )
          .bind(of, id)
          .all()
      ).results;
    const [first, second] = allShards(platform);
    expect(
      (await rows(second as D1Database, neighbour)).map((row) => (row as { description: string }).description),
    ).toEqual(['job.paused', 'job.resumed', 'job.cancelled']);
    expect((await rows(first as D1Database, operator.tenantId)).length).toBeGreaterThanOrEqual(3);
    expect((await ask('POST', `${PATH}/${tenant.tenantId}/${id}/cancel`, { reason: 'asked to' })).status).toBe(404);
  });

  it('are nothing that a tenant may look at', async () => {
    expect((await askApi(tenant.apiKey, 'GET', PATH, {})).status).toBe(403);
  });

  it('are read by stretches of an index', async () => {
    for (const [tenantId, state] of [
      [null, null],
      [null, 'failed'],
      [tenant.tenantId, null],
    ] as const) {
      const { sql, params } = tenantJobsQuery(env.DB, { tenantId, state, kind: null, limit: 3 }, 'job_z').toSQL();
      const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .bind(...params)
        .all<{ detail: string }>();
      const read = results.map(({ detail }) => detail).filter((detail) => /^(SCAN|SEARCH) jobs/.test(detail));
      expect(read).toHaveLength(1);
      for (const detail of read)
        expect(detail).toMatch(/USING INDEX (jobs_of_tenants|jobs_of_tenants_state|sqlite_autoindex_jobs_1) \(/);
    }
  });
});
