/** Agents and numbers come to Retell once, whatever happens on the way, and calls reach them. */
import { describe, expect, it } from 'vitest';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { runJob } from '../jobs/job-runner.ts';
import { d1Meter } from '../storage/d1.ts';
import { agentRecord, numberRecord } from '../storage/platform-db.ts';
import { openAlarms } from '../storage/queries/alarms.ts';
import { agentOf } from '../storage/queries/agents.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { forgetAllInMemory } from '../tenancy/directory.ts';
import { Caller, onFriday, salon } from '../telephony/telephony.fixture.ts';
import { lookAtAgent, provisionAgent, removeTwin } from './commands/act-on-agent.ts';
import { removeAgent } from './commands/remove-agent.ts';
import { updateAgent } from './commands/write-agent.ts';
import {
  account,
  agentNow,
  draft,
  freeNumber,
  imported,
  jobNow,
  must,
  numberNow,
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

const kindsOpen = async (tenantId: string) =>
  (await openAlarms(platform, tenantId as never)).map(({ kind }) => kind).sort();
const patch = (path: string, body: Record<string, unknown>) =>
  account.handle({ method: 'PATCH', path, query: new URLSearchParams(), body });
const post = (path: string, body: Record<string, unknown>) =>
  account.handle({ method: 'POST', path, query: new URLSearchParams(), body });

describe('provisioning', () => {
  it('makes model, agent and number in this order, published and bound to what is published', async () => {
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    const order = await ordered(at);
    expect(order).toMatchObject({ state: 'assigned', e164: number });
    const { id } = await draft(at, { transfer_number: '0170 1234567' });
    const row = await provisioned(at, id);
    expect(row).toMatchObject({ state: 'live', reason: null, remoteVersion: 0, differences: [], twins: [] });
    const made = wire.asked.filter((one) => /create|publish|import/.test(one));
    expect(made).toEqual([
      'POST /create-retell-llm',
      'POST /create-agent',
      'POST /publish-agent-version/' + row.agentId,
      'POST /import-phone-number',
    ]);
    const { agents, models, numbers } = account.view();
    expect([agents.length, models.length, numbers.length]).toEqual([1, 1, 1]);
    expect(agents[0]).toMatchObject({
      agent_name: `Clara [${id}]`,
      language: 'de-DE',
      timezone: 'Europe/Berlin',
      data_storage_setting: 'basic_attributes_only',
      data_storage_retention_days: 1,
      webhook_events: expect.arrayContaining(['transcript_updated']),
      is_published: true,
    });
    expect(numbers[0]).toMatchObject({
      phone_number: number,
      inbound_agents: [{ agent_id: row.agentId, agent_version: 'latest_published' }],
    });
    expect(JSON.stringify(account.view())).not.toContain('sip-secret-0815');
    expect(account.reachedBy(number)).toEqual({ agentId: row.agentId, version: 0 });
    expect(await numberNow(at, order.id)).toMatchObject({ state: 'live', agentId: id });
    expect(await agentRecord(platform, row.agentId ?? '')).toMatchObject({ tenantId: at.tenantId, language: 'de' });
    expect(await numberRecord(platform, number)).toMatchObject({ tenantId: at.tenantId, agentId: row.agentId });
  });

  it('again changes nothing at Retell', async () => {
    const at = await salon();
    await imported(freeNumber());
    await ordered(at);
    const { id } = await draft(at);
    await provisioned(at, id);
    wire.asked.length = 0;
    expect((await provisioned(at, id)).state).toBe('live');
    expect(wire.asked.filter((one) => !/^GET|list-agents/.test(one))).toEqual([]);
  });

  it('an edit reaches callers as a new published version, the old one stays as it was', async () => {
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    await ordered(at);
    const { id } = await draft(at);
    await provisioned(at, id);
    must(await updateAgent(scopeOf(at), { id, expectedVersion: null, change: { voice: 'jonas', abilities: [] } }));
    expect((await agentNow(at, id)).state).toBe('drifted');
    const row = await provisioned(at, id);
    expect(row).toMatchObject({ state: 'live', remoteVersion: 1 });
    expect(account.reachedBy(number)).toEqual({ agentId: row.agentId, version: 1 });
    const { agents, models } = account.view();
    expect(agents[0]).toMatchObject({ voice_id: '11labs-Jonas', version: 1, is_published: true });
    expect(JSON.stringify(models[0])).not.toContain('book_appointment');
  });

  it('a call to the provisioned number books', async () => {
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    const { id: numberId } = await ordered(at);
    const { id } = await draft(at, { first_sentence: 'Hallo, hier ist die KI-Assistentin von Salon Schön.' });
    const { agentId } = await provisioned(at, id);
    forgetAllInMemory();
    const caller = new Caller({ ...at, number, agentId: agentId ?? '' });
    const ringing = await caller.rings();
    expect(ringing.status).toBe(200);
    expect(caller.variables).toMatchObject({
      company_name: 'Salon Schön',
      branch_name: 'Berlin-Mitte',
      greeting: 'Hallo, hier ist die KI-Assistentin von Salon Schön.',
    });
    caller.tells('Mein Name ist Erika Berg.');
    const found = await caller.says('check-availability', { when: 'Dienstag um zehn', service: 'Haarschnitt' });
    expect(found.body).toMatchObject({ available: true });
    const booked = await caller.says('book-appointment', {
      service: 'Haarschnitt',
      starts_at: found.body.slot.starts_at,
      customer_name: 'Erika Berg',
    });
    expect(booked.body).toMatchObject({ success: true, appointment_id: expect.stringMatching(/^apt_/) });
    // And that is how the business knows that its forwarding works.
    expect((await numberNow(at, numberId)).firstCallAt).not.toBeNull();
  });
});

describe('killed anywhere and run again', () => {
  /** The process dies: nothing of it reaches D1 any more. */
  class Killed extends Error {}
  const LEASES_MS = 10 * 60_000;

  async function killedAt(kill: (begin: number) => void, restore: () => void) {
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    await ordered(at);
    const { id } = await draft(at);
    const begun = must(await provisionAgent(scopeOf(at), world, id));
    kill(d1Meter.statements);
    await runJob(world, at.tenantId, begun.jobId ?? '').catch(() => undefined);
    restore();
    const before = processNow();
    setClockOffset(before + LEASES_MS - Date.now());
    await runJob(world, at.tenantId, begun.jobId ?? '');
    const row = await agentNow(at, id);
    const { agents, models, numbers } = account.view();
    return { row, number, counts: [agents.length, models.length, numbers.length] as const };
  }

  it('after every request that Retell has worked on ends in one agent, one model, one number', {
    timeout: 120_000,
  }, async () => {
    await killedAt(
      () => undefined,
      () => undefined,
    );
    const requests = wire.asked.length;
    expect(requests).toBeGreaterThan(15);
    for (let n = 1; n <= requests; n++) {
      account.clear();
      wire.asked.length = 0;
      wire.after = (asked) => {
        if (asked < n) return;
        d1Meter.refuse = true;
        throw new Killed();
      };
      const { row, number, counts } = await killedAt(
        () => undefined,
        () => {
          d1Meter.refuse = false;
          wire.after = null;
        },
      );
      expect(counts, `killed after request ${n}`).toEqual([1, 1, 1]);
      expect(row, `killed after request ${n}`).toMatchObject({ state: 'live', twins: [] });
      expect(account.reachedBy(number)?.agentId).toBe(row.agentId);
    }
  });
});

describe('what goes wrong', () => {
  it('Retell down: red with its reason and an alarm, nothing lost; it goes on by itself', async () => {
    const at = await salon();
    await imported(freeNumber());
    const order = await ordered(at);
    const { id } = await draft(at);
    wire.down = 503;
    expect(await provisioned(at, id)).toMatchObject({ state: 'failed', reason: 'vendor_down:503' });
    expect(await kindsOpen(at.tenantId)).toEqual(['agent_not_live']);
    expect((await jobNow(at, id))?.state).toBe('queued');
    wire.down = null;
    setClockOffset(processNow() + 5 * 60_000 - Date.now());
    await runJob(world, at.tenantId, (await agentNow(at, id)).jobId ?? '');
    expect(await agentNow(at, id)).toMatchObject({ state: 'live', reason: null });
    expect(await numberNow(at, order.id)).toMatchObject({ state: 'live' });
    expect(await kindsOpen(at.tenantId)).toEqual([]);
  });

  it('a key that Retell refuses is no reason to try again and again', async () => {
    const at = await salon();
    const { id } = await draft(at);
    wire.down = 401;
    expect(await provisioned(at, id)).toMatchObject({ state: 'failed', reason: 'key_refused:401' });
    expect(await jobNow(at, id)).toMatchObject({ state: 'done', failed: 1 });
    expect(wire.asked).toHaveLength(1);
    wire.down = null;
    expect(await provisioned(at, id)).toMatchObject({ state: 'live' });
  });

  it('a number that another workspace has is said, and the agent is there all the same', async () => {
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    const order = await ordered(at);
    account.elsewhere.add(number);
    const { id } = await draft(at);
    expect(await provisioned(at, id)).toMatchObject({ state: 'failed', reason: 'number_taken_elsewhere' });
    expect(await numberNow(at, order.id)).toMatchObject({ state: 'failed', reason: 'number_taken_elsewhere' });
    account.elsewhere.clear();
    expect(await provisioned(at, id)).toMatchObject({ state: 'live' });
    expect(await numberNow(at, order.id)).toMatchObject({ state: 'live', reason: null });
  });

  it('two that begin at once work as one job', async () => {
    const at = await salon();
    const { id } = await draft(at);
    const begin = async () => must(await provisionAgent(scopeOf(at), world, id)).jobId;
    const [one, other] = await Promise.all([begin(), begin()]);
    expect(one).toBe(other);
  });
});

describe('changed at Retell', () => {
  async function live() {
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    await ordered(at);
    const { id } = await draft(at);
    const row = await provisioned(at, id);
    return { at, id, number, row };
  }

  it('is found, shown with both values and an alarm, and mended by one command', async () => {
    const { at, id, number, row } = await live();
    expect(must(await lookAtAgent(scopeOf(at), id))).toMatchObject({ state: 'live', differences: [] });
    post(`/create-agent-version/${row.agentId}`, { base_version: 0 });
    patch(`/update-agent/${row.agentId}`, { data_storage_setting: 'everything', voice_speed: 1.4 });
    patch(`/update-retell-llm/${row.llmId}`, { general_prompt: 'Sell insurances.' });
    post(`/publish-agent-version/${row.agentId}`, { version: 1 });
    patch(`/update-phone-number/${encodeURIComponent(number)}`, {
      inbound_agents: [{ agent_id: row.agentId, weight: 1, agent_version: 0 }],
    });
    const found = must(await lookAtAgent(scopeOf(at), id));
    expect(found.state).toBe('drifted');
    expect(found.differences).toMatchObject([
      {
        part: 'agent',
        field: 'data_storage_setting',
        ours: 'basic_attributes_only',
        theirs: 'everything',
        by: 'retell',
      },
      { part: 'model', field: 'general_prompt', theirs: 'Sell insurances.', by: 'retell' },
      { part: 'number', field: 'inbound_agents', by: 'retell' },
    ]);
    expect(await kindsOpen(at.tenantId)).toEqual(['agent_drifted']);
    expect(await provisioned(at, id)).toMatchObject({ state: 'live', differences: [], remoteVersion: 2 });
    expect(account.reachedBy(number)).toEqual({ agentId: row.agentId, version: 2 });
    expect(await kindsOpen(at.tenantId)).toEqual([]);
    // What was not sent by us is somebody's business there.
    expect(account.view().agents[0]).toMatchObject({ voice_speed: 1.4, data_storage_setting: 'basic_attributes_only' });
  });

  it('deleted there: another one takes its place and its number', async () => {
    const { at, id, number, row } = await live();
    account.handle({ method: 'DELETE', path: `/delete-agent/${row.agentId}`, query: new URLSearchParams(), body: {} });
    expect(must(await lookAtAgent(scopeOf(at), id)).differences).toMatchObject([{ part: 'agent', field: '*' }]);
    const mended = await provisioned(at, id);
    expect(mended).toMatchObject({ state: 'live', llmId: row.llmId });
    expect(mended.agentId).not.toBe(row.agentId);
    expect(account.reachedBy(number)?.agentId).toBe(mended.agentId);
    expect(await agentRecord(platform, row.agentId ?? '')).toBeNull();
  });

  it('the model deleted under an agent: both are made anew, because a model is never swapped', async () => {
    const { at, id, number, row } = await live();
    account.handle({
      method: 'DELETE',
      path: `/delete-retell-llm/${row.llmId}`,
      query: new URLSearchParams('force_delete=true'),
      body: {},
    });
    const mended = await provisioned(at, id);
    expect(mended.state).toBe('live');
    expect(mended.agentId).not.toBe(row.agentId);
    expect(account.reachedBy(number)?.agentId).toBe(mended.agentId);
    expect(mended.twins).toEqual([{ kind: 'agent', id: row.agentId }]);
  });

  it('of two found the one in use stays; the other is deleted after a person said so', async () => {
    const { at, id, row } = await live();
    const model = post('/create-retell-llm', { default_dynamic_variables: { askpro_agent: id } })?.body as {
      llm_id: string;
    };
    const other = post('/create-agent', {
      agent_name: `Clara [${id}]`,
      voice_id: '11labs-Carola',
      response_engine: { type: 'retell-llm', llm_id: model.llm_id },
    })?.body as { agent_id: string };
    expect(await provisioned(at, id)).toMatchObject({
      state: 'live',
      agentId: row.agentId,
      llmId: row.llmId,
      twins: [
        { kind: 'agent', id: other.agent_id },
        { kind: 'model', id: model.llm_id },
      ],
    });
    expect(account.view().agents).toHaveLength(2);
    expect(await kindsOpen(at.tenantId)).toEqual(['agent_found_twice']);
    const remove = (twin: { kind: 'agent' | 'model'; id: string }) => removeTwin(scopeOf(at), { id, twin });
    // What is in use is none, whoever asks.
    expect(await remove({ kind: 'agent', id: row.agentId ?? '' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(await remove({ kind: 'model', id: row.llmId ?? '' })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    must(await remove({ kind: 'agent', id: other.agent_id }));
    expect(must(await remove({ kind: 'model', id: model.llm_id })).twins).toEqual([]);
    expect(account.view().agents).toMatchObject([{ agent_id: row.agentId }]);
    expect(account.view().models).toMatchObject([{ llm_id: row.llmId }]);
    expect(await kindsOpen(at.tenantId)).toEqual([]);
    const audited = (await scopeOf(at).db.rows(auditLog)).map(({ description }) => description);
    expect(audited.filter((one) => one === 'retell_agent.twin_removed')).toHaveLength(2);
  });

  it('somebody else’s agent of the workspace is never taken for ours', async () => {
    const at = await salon();
    const { id } = await draft(at);
    const model = post('/create-retell-llm', {})?.body as { llm_id: string };
    post('/create-agent', {
      agent_name: `${id} is what I call mine`,
      voice_id: '11labs-Carola',
      response_engine: { type: 'retell-llm', llm_id: model.llm_id },
    });
    const row = await provisioned(at, id);
    expect(row.twins).toEqual([]);
    expect(account.view().agents).toHaveLength(2);
  });
});

describe('deleted', () => {
  const gone = async (at: Parameters<typeof agentNow>[0], id: string) =>
    (await agentOf(scopeOf(at).db, id)) === null ? 'gone' : 'there';
  async function removed(at: Parameters<typeof provisioned>[0], id: string, confirm = true): Promise<void> {
    const begun = must(await removeAgent(scopeOf(at), world, { id, confirm }));
    if (begun.jobId !== null) await runJob(world, at.tenantId, begun.jobId);
  }

  it('a draft goes at once, without a word to Retell', async () => {
    const at = await salon();
    const { id } = await draft(at);
    await removed(at, id, false);
    expect(await gone(at, id)).toBe('gone');
    expect(wire.asked).toEqual([]);
  });

  it('the only one behind a number goes only after it was said twice; nobody answers it then', async () => {
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    const order = await ordered(at);
    const { id } = await draft(at);
    const row = await provisioned(at, id);
    expect(await removeAgent(scopeOf(at), world, { id, confirm: false })).toMatchObject({
      error: { code: 'VALIDATION_ERROR', errors: { confirm: [expect.any(String)] } },
    });
    expect((await agentNow(at, id)).state).toBe('live');
    await removed(at, id);
    expect(await gone(at, id)).toBe('gone');
    expect(account.view()).toMatchObject({ agents: [], models: [], numbers: [{ inbound_agents: null }] });
    expect(await agentRecord(platform, row.agentId ?? '')).toBeNull();
    expect(await numberNow(at, order.id)).toMatchObject({ state: 'assigned', agentId: null });
    const audited = (await scopeOf(at).db.rows(auditLog)).map(({ description }) => description);
    expect(audited).toEqual(expect.arrayContaining(['retell_agent.removing', 'retell_agent.deleted']));
    // The next one of the branch takes its number.
    const { id: next } = await draft(at);
    expect((await provisioned(at, next)).state).toBe('live');
    expect(account.reachedBy(number)?.agentId).toBe((await agentNow(at, next)).agentId);
  });

  it('beside another one of the branch, that one takes over its numbers without a question', async () => {
    const at = await salon();
    const number = freeNumber();
    await imported(number);
    const order = await ordered(at);
    const { id } = await draft(at);
    await provisioned(at, id);
    const { id: other } = await draft(at, { name: 'Jonas', voice: 'jonas' });
    const stays = await provisioned(at, other);
    await removed(at, id, false);
    expect(await gone(at, id)).toBe('gone');
    expect(account.reachedBy(number)?.agentId).toBe(stays.agentId);
    expect(await numberNow(at, order.id)).toMatchObject({ state: 'live', agentId: other });
    expect(account.view().agents).toMatchObject([{ agent_id: stays.agentId }]);
    expect(await numberRecord(platform, number)).toMatchObject({ agentId: stays.agentId });
  });

  it('with a second one at Retell both go', async () => {
    const at = await salon();
    const { id } = await draft(at);
    await provisioned(at, id);
    const model = post('/create-retell-llm', { default_dynamic_variables: { askpro_agent: id } })?.body as {
      llm_id: string;
    };
    post('/create-agent', {
      agent_name: `Clara [${id}]`,
      voice_id: '11labs-Carola',
      response_engine: { type: 'retell-llm', llm_id: model.llm_id },
    });
    await removed(at, id);
    expect(account.view()).toMatchObject({ agents: [], models: [] });
  });

  it('Retell down: it stays with its reason and an alarm, and goes by itself later', async () => {
    const at = await salon();
    const { id } = await draft(at);
    await provisioned(at, id);
    wire.down = 503;
    await removed(at, id);
    expect(await agentNow(at, id)).toMatchObject({ state: 'removing', reason: 'vendor_down:503' });
    expect(await kindsOpen(at.tenantId)).toEqual(['agent_not_removed']);
    // Neither edited nor brought back meanwhile.
    expect(await provisionAgent(scopeOf(at), world, id)).toMatchObject({ error: { code: 'ILLEGAL_TRANSITION' } });
    expect(await updateAgent(scopeOf(at), { id, expectedVersion: null, change: { name: 'Anna' } })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    wire.down = null;
    setClockOffset(processNow() + 5 * 60_000 - Date.now());
    await runJob(world, at.tenantId, (await agentNow(at, id)).jobId ?? '');
    expect(await gone(at, id)).toBe('gone');
    expect(await kindsOpen(at.tenantId)).toEqual([]);
    expect(account.view()).toMatchObject({ agents: [], models: [] });
  });

  it('while it is being made: what the step at work still makes is deleted too', async () => {
    const at = await salon();
    const { id } = await draft(at);
    const begun = must(await provisionAgent(scopeOf(at), world, id));
    let removal: Promise<string | null> | null = null;
    wire.after = () => {
      if (!wire.asked.includes('POST /create-retell-llm') || removal !== null) return;
      removal = removeAgent(scopeOf(at), world, { id, confirm: true }).then((result) => must(result).jobId);
    };
    await runJob(world, at.tenantId, begun.jobId ?? '');
    wire.after = null;
    const job = (await (removal as Promise<string | null> | null)) ?? '';
    for (let tries = 0; tries < 3 && (await gone(at, id)) === 'there'; tries++) {
      await runJob(world, at.tenantId, job);
      setClockOffset(processNow() + 5 * 60_000 - Date.now());
    }
    expect(await gone(at, id)).toBe('gone');
    expect(account.view()).toMatchObject({ agents: [], models: [] });
  });
});
