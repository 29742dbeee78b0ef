/**
 * The three modes played to their end with the sandbox's driver: off, announced, refused. What lies with us, what at Retell, what a person
 * hears; and that nothing is left anywhere after a no, after its days, after an erasure.
 */
import { WHOLE_REACH } from '../../../shared/actor.ts';
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Faults } from '../../../dev/sandbox/faults.ts';
import { retellService } from '../../../dev/sandbox/retell.ts';
import type { CallTurn, PlayedCall } from '../../../dev/sandbox/retell-call.ts';
import { DEMO_SECRETS, type SandboxParts } from '../../../dev/sandbox/settings.ts';
import { RETRY, WebhooksOut } from '../../../dev/sandbox/webhooks-out.ts';
import { processNow, setClockOffset } from '../../../shared/clock.ts';
import { newId } from '../../../shared/ids.ts';
import { ROLE_PERMISSIONS } from '../../../shared/permissions.ts';
import { RECORDING_NOTICE_VERSION } from '../../../shared/recording-sets.ts';
import { askApi } from '../../../tests/contract/requests.ts';
import { app } from '../../app.ts';
import { runOfProduct } from '../../crm/erasure/erasure.fixture.ts';
import { requestErasure } from '../../crm/commands/request-erasure.ts';
import { effectHandlers } from '../../handlers.ts';
import { installApiKey } from '../../identity/api-keys.ts';
import { runJob } from '../../jobs/job-runner.ts';
import { runEffect } from '../../operations/effects.ts';
import { pruneTenant } from '../../operations/retention.ts';
import { setRecording } from '../../provisioning/commands/set-recording.ts';
import { updateAgent } from '../../provisioning/commands/write-agent.ts';
import {
  agentNow,
  draft,
  imported,
  freeNumber,
  must,
  numberNow,
  ordered,
  platform,
  provisioned,
  scopeOf,
  world,
} from '../../provisioning/provisioning.fixture.ts';
import { agentRecord } from '../../storage/platform-db.ts';
import { openAlarms } from '../../storage/queries/alarms.ts';
import { callById } from '../../storage/queries/calls.ts';
import { recordingOf } from '../../storage/queries/recordings.ts';
import { callRecordings, calls } from '../../storage/tables/calls.ts';
import { auditLog } from '../../storage/tables/identity.ts';
import { forgetAllInMemory } from '../../tenancy/directory.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { processRetellWebhook } from '../jobs.ts';
import { env, FRIDAY, mobile, type Salon, salon } from '../telephony.fixture.ts';

const HOST = 'http://localhost';
/** Whatever is no address of ours is the sandbox; its recordings lie where Retell's do. */
const SANDBOX = 'https://retellai.s3.us-west-2.amazonaws.com';

const retell = retellService(
  {
    secrets: DEMO_SECRETS,
    askproBaseUrl: HOST,
    now: () => processNow(),
    vendors: { retell: { webhooks: new WebhooksOut(RETRY.retell, new Faults(), () => processNow()) } },
  } as unknown as SandboxParts,
  () => '',
);
/** Addresses of Retell's that answer nothing for now. */
const silent = new Set<string>();

/** The product and the sandbox behind `fetch`. */
async function network(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const url = new URL(request.url);
  if (url.origin === HOST) {
    const context = createExecutionContext();
    const response = await app.fetch(request, env, context);
    const text = await response.text();
    await waitOnExecutionContext(context);
    return new Response(text, { status: response.status });
  }
  if (silent.has(url.pathname)) return new Response('', { status: 503 });
  const answered = await retell.handle({
    method: request.method,
    path: url.pathname.replace(/^\/retell/, ''),
    query: url.searchParams,
    origin: SANDBOX,
    headers: Object.fromEntries(request.headers),
    rawBody: await request.text(),
  });
  if (answered.bytes !== undefined)
    return new Response(answered.bytes, {
      status: answered.status,
      headers: { ...answered.headers, 'content-length': String(answered.bytes.length) },
    });
  return new Response(answered.status === 204 ? null : JSON.stringify(answered.body ?? {}), {
    status: answered.status,
  });
}

beforeAll(() => {
  setClockOffset(Date.parse(FRIDAY) - Date.now());
  vi.stubGlobal('fetch', network);
});
afterAll(() => {
  setClockOffset(0);
  vi.unstubAllGlobals();
});
beforeEach(() => {
  retell.reset();
  silent.clear();
});

interface Shop {
  at: Salon;
  agent: string;
  remote: string;
  number: string;
}

const owner = (at: Salon) =>
  openTenant(
    platform,
    at.tenantId,
    {
      kind: 'user',
      userId: 'usr_owner',
      tenantId: at.tenantId,
      realm: 'platform',
      role: 'admin',
      ownRole: null,
      permissions: ROLE_PERMISSIONS.admin,
      reach: WHOLE_REACH,
      language: 'de',
      sessionId: 'ses_owner',
      confirmedAt: processNow(),
    },
    { now: processNow() },
  );
const later = (ms: number): void => setClockOffset(processNow() + ms - Date.now());
const MINUTE = 60_000;

async function shop(): Promise<Shop> {
  const at = await salon();
  const order = await ordered(at);
  while ((await numberNow(at, order.id)).e164 === null) await imported(freeNumber());
  const { id } = await draft(at);
  const row = await provisioned(at, id);
  expect(row.state).toBe('live');
  return { at, agent: id, remote: row.agentId ?? '', number: (await numberNow(at, order.id)).e164 ?? '' };
}

/** Turned on by its owner, and live so. */
async function recordingShop(): Promise<Shop> {
  const made = await shop();
  const begun = must(
    await setRecording(owner(made.at), world, { id: made.agent, mode: 'announced', notice: RECORDING_NOTICE_VERSION }),
  );
  await runJob(world, made.at.tenantId, begun.jobId ?? '');
  later(3 * MINUTE);
  await runJob(world, made.at.tenantId, begun.jobId ?? '');
  expect(await agentNow(made.at, made.agent)).toMatchObject({ state: 'live', recording: 'announced', reason: null });
  forgetAllInMemory();
  return made;
}

const FIRST_WORDS: CallTurn = { agent: '{{dynamic.greeting}}' };
const agreed: CallTurn[] = [FIRST_WORDS, { user: 'Guten Tag. Ich hätte gern einen Haarschnitt am Dienstag um zehn.' }];

/** A call with all its webhooks worked on; the work that waits is run by `worked`. */
async function called(
  { at, remote, number }: Shop,
  turns: readonly CallTurn[],
  more: { from?: string; transcript_in_webhooks?: boolean } = {},
): Promise<PlayedCall> {
  const played = await retell.play(
    {
      to_number: number,
      from_number: more.from ?? mobile(),
      agent_id: remote,
      turns,
      duration_seconds: 4,
      ...(more.transcript_in_webhooks === undefined ? {} : { transcript_in_webhooks: more.transcript_in_webhooks }),
    },
    SANDBOX,
  );
  expect(played.steps.filter(({ ok }) => !ok)).toEqual([]);
  const { results } = await env.DB.prepare(
    "SELECT id FROM webhook_logs WHERE tenant_id = ?1 AND state = 'received' ORDER BY id",
  )
    .bind(at.tenantId)
    .all<{ id: string }>();
  for (const { id } of results) await processRetellWebhook(platform, at.tenantId, id);
  return played;
}

/** Everything that waits outside, half an hour later. */
async function worked(at: Salon): Promise<void> {
  later(30 * MINUTE);
  const { results } = await env.DB.prepare(
    "SELECT id FROM effects WHERE tenant_id = ?1 AND state = 'pending' AND (kind LIKE 'recording%' OR kind LIKE 'retell%') ORDER BY id",
  )
    .bind(at.tenantId)
    .all<{ id: string }>();
  for (const { id } of results) await runEffect(platform, at.tenantId, id, effectHandlers());
}

const inR2 = async (at: Salon): Promise<string[]> =>
  (await env.ARCHIVE.list({ prefix: `recordings/${at.tenantId}/` })).objects.map(({ key }) => key);
const atRetell = async (id: string): Promise<boolean> =>
  (
    await network(`${SANDBOX}/retell/v2/get-call/${id}`, {
      headers: { authorization: `Bearer ${DEMO_SECRETS.retellApiKey}` },
    })
  ).status === 200;
const kinds = async (at: Salon) => (await openAlarms(platform, at.tenantId)).map(({ kind }) => kind).sort();

/** A key that may hear recordings, or may not. */
async function keyOf(at: Salon, role: 'manager' | 'receptionist'): Promise<string> {
  const key = `ask_test_${role}_${at.tenantId}`;
  const { tenantId } = at;
  const made = { tenantId, id: newId('api_key', processNow()), name: role, key, scopes: ROLE_PERMISSIONS[role] };
  await installApiKey(platform, made, processNow());
  return key;
}

describe('off', () => {
  it('keeps no recording anywhere, and the transcript is what the webhooks carry', async () => {
    const made = await shop();
    const { call_id: id, memory } = await called(made, agreed);
    expect(memory.dynamicVariables['greeting']).not.toMatch(/aufgezeichnet/);
    await worked(made.at);
    const row = await callById(scopeOf(made.at).db, id);
    expect(row).toMatchObject({ status: 'analyzed', recordingUrl: null });
    expect(await recordingOf(scopeOf(made.at).db, id)).toBeNull();
    expect(await inR2(made.at)).toEqual([]);
    expect(retell.view().recordings).toBe(0);
    const shown = (await askApi(await keyOf(made.at, 'manager'), 'GET', `/api/v1/calls/${id}`)).body.data;
    expect(shown).toMatchObject({ recording: null, transcript_partial: false });
    expect(shown.transcript).toHaveLength(2);
  });

  it('where the webhooks carry none, the transcript is what the functions were told, and says so', async () => {
    const made = await shop();
    const { call_id: id } = await called(
      made,
      [...agreed, { function: 'list-services', args: {} }, { user: 'Danke, auf Wiederhören.' }],
      { transcript_in_webhooks: false },
    );
    const shown = (await askApi(await keyOf(made.at, 'manager'), 'GET', `/api/v1/calls/${id}`)).body.data;
    expect(shown).toMatchObject({ status: 'analyzed', transcript_partial: true });
    expect(shown.transcript.map(({ text }: { text: string }) => text).join(' ')).toContain('Haarschnitt am Dienstag');
    expect(shown.transcript).toHaveLength(2);
  });

  it('turned on behind our back, the recording is deleted there, nothing is copied, and somebody is told', async () => {
    const made = await shop();
    const scope = scopeOf(made.at);
    // Somebody at Retell: a version that keeps everything.
    const post = (path: string, body: object, method = 'POST') =>
      retell.handle({
        method,
        path,
        query: new URLSearchParams(),
        origin: SANDBOX,
        headers: { authorization: `Bearer ${DEMO_SECRETS.retellApiKey}` },
        rawBody: JSON.stringify(body),
      });
    await post(`/create-agent-version/${made.remote}`, { base_version: 0 });
    await post(`/update-agent/${made.remote}`, { data_storage_setting: 'everything' }, 'PATCH');
    await post(`/publish-agent-version/${made.remote}`, { version: 1 });
    const { call_id: id } = await called(made, agreed);
    expect(retell.view().recordings).toBe(1);
    expect(await recordingOf(scope.db, id)).toMatchObject({ state: 'not_kept', reason: 'off', audioKey: null });
    expect(await callById(scope.db, id)).toMatchObject({ recordingUrl: null });
    expect(await kinds(made.at)).toEqual(['recording_unwanted']);
    await worked(made.at);
    expect([await atRetell(id), retell.view().recordings, await inR2(made.at)]).toEqual([false, 0, []]);
    expect((await recordingOf(scope.db, id))?.vendorDeletedAt).not.toBeNull();
    // And mended, all is well again.
    expect(await provisioned(made.at, made.agent)).toMatchObject({ state: 'live', differences: [] });
    expect(await kinds(made.at)).toEqual([]);
  });
});

describe('turning it on', () => {
  const on = (at: Salon, id: string, notice = RECORDING_NOTICE_VERSION) =>
    setRecording(owner(at), world, { id, mode: 'announced', notice });

  it('is an owner’s, who has read the present notice; it is kept who, when and which', async () => {
    const { at, agent } = await shop();
    expect(await on(at, agent, 0)).toMatchObject({
      error: { code: 'VALIDATION_ERROR', errors: { notice: expect.any(Array) } },
    });
    // Nobody but a person.
    expect(
      await setRecording(scopeOf(at), world, { id: agent, mode: 'announced', notice: RECORDING_NOTICE_VERSION }),
    ).toMatchObject({ error: { code: 'PERMISSION_DENIED' } });
    const row = must(await on(at, agent));
    expect(row).toMatchObject({
      recording: 'announced',
      recordingAcceptedBy: 'usr_owner',
      recordingNotice: RECORDING_NOTICE_VERSION,
    });
    expect(row.recordingAcceptedAt).toBeGreaterThan(0);
    const logged = (await scopeOf(at).db.rows(auditLog)).map(({ description }) => description);
    expect(logged).toContain('retell_agent.recording_accepted');
  });

  it('tells callers first and records later', async () => {
    const { at, agent, remote } = await shop();
    const begun = must(await on(at, agent));
    expect(await agentRecord(platform, remote)).toMatchObject({ recording: true });
    await runJob(world, at.tenantId, begun.jobId ?? '');
    expect(await agentNow(at, agent)).toMatchObject({ state: 'provisioning', reason: 'announcing' });
    expect(await kinds(at)).toEqual([]);
    later(3 * MINUTE);
    await runJob(world, at.tenantId, begun.jobId ?? '');
    expect(await agentNow(at, agent)).toMatchObject({ state: 'live' });
  });

  it('needs a wording that says it and offers a no, also when it is changed afterwards', async () => {
    const { at, agent } = await shop();
    const wording = (text: string) =>
      updateAgent(owner(at), { id: agent, expectedVersion: null, change: { first_sentence: text } });
    must(await wording('Hallo, hier ist die KI-Assistentin von Salon Schön.'));
    expect(await on(at, agent)).toMatchObject({ error: { errors: { first_sentence: expect.any(Array) } } });
    must(
      await wording(
        'Hallo, hier ist die KI von Schön. Wir zeichnen das Gespräch auf. Möchten Sie das nicht, sagen Sie Nein.',
      ),
    );
    must(await on(at, agent));
    expect(await wording('Hallo, hier ist die KI-Assistentin von Salon Schön.')).toMatchObject({
      error: { code: 'VALIDATION_ERROR' },
    });
  });

  it('is refused in a practice', async () => {
    const { at, agent } = await shop();
    const { result } = await at.scope.calendar.schedule();
    const company = result.ok ? result.value.branches[0]?.body.companyId : undefined;
    await at.scope.calendar.putSchedule({
      key: `practice ${at.tenantId}`,
      now: processNow(),
      actor: { kind: 'system', id: 'test' },
      kind: 'company',
      id: company ?? '',
      body: { name: 'Praxis', practiceMode: true } as never,
      expectedVersion: null as never,
    });
    expect(await on(at, agent)).toMatchObject({ error: { errors: { mode: expect.any(Array) } } });
  });
});

describe('announced', () => {
  it('says so first, is copied once, played, counted, and Retell has it no more', async () => {
    const made = await recordingShop();
    const { at } = made;
    const { call_id: id, memory } = await called(made, agreed);
    expect(memory.dynamicVariables['greeting']).toMatch(/aufgezeichnet.*sagen Sie einfach Nein/);
    expect(await recordingOf(scopeOf(at).db, id)).toMatchObject({ state: 'waiting' });
    await worked(at);
    const row = await recordingOf(scopeOf(at).db, id);
    expect(row).toMatchObject({ state: 'kept', contentType: 'audio/wav', bytes: 44 + 4 * 16_000 });
    expect(await inR2(at)).toEqual([row?.audioKey]);
    expect(await callById(scopeOf(at).db, id)).toMatchObject({ recordingUrl: null });
    await worked(at);
    expect([await atRetell(id), retell.view().recordings]).toEqual([false, 0]);

    const manager = await keyOf(at, 'manager');
    const listed = (await askApi(manager, 'GET', '/api/v1/calls')).body.data;
    expect(listed[0].recording).toEqual({ state: 'kept', reason: null, bytes: row?.bytes });
    expect((await askApi(manager, 'GET', '/api/v1/recordings/storage')).body.data).toEqual({
      recordings: 1,
      bytes: row?.bytes,
    });
    const play = await askApi(manager, 'POST', `/api/v1/recordings/${id}/play`, { body: {} });
    expect(play.status, play.text).toBe(200);
    const plays = async () =>
      (await scopeOf(at).db.rows(auditLog)).filter(({ description }) => description === 'call.recording_played').length;
    expect(await plays()).toBe(1);

    const audio = (range?: string, key = manager, url: string = play.body.data.url): Promise<Response> => {
      const headers: Record<string, string> = { Authorization: `Bearer ${key}` };
      if (range !== undefined) headers['Range'] = range;
      return Promise.resolve(
        app.fetch(new Request(`http://localhost${url}`, { headers }), env, createExecutionContext()),
      );
    };
    const whole = await audio();
    expect(whole.status).toBe(200);
    const bytes = new Uint8Array(await whole.arrayBuffer());
    expect(new TextDecoder().decode(bytes.slice(0, 4))).toBe('RIFF');
    expect(bytes.length).toBe(row?.bytes);
    const part = await audio('bytes=8-11');
    expect([part.status, await part.text(), part.headers.get('Content-Range')]).toEqual([
      206,
      'WAVE',
      `bytes 8-11/${row?.bytes}`,
    ]);
    expect((await audio('bytes=-2')).headers.get('Content-Length')).toBe('2');
    expect((await audio('bytes=99999999-')).status).toBe(416);
    expect(await plays()).toBe(1);
    // The address is good for who pressed play alone, and the permission is asked each time.
    const other = await keyOf(at, 'receptionist');
    expect((await audio(undefined, other)).status).toBe(403);
    expect((await askApi(other, 'POST', `/api/v1/recordings/${id}/play`, { body: {} })).status).toBe(403);
    expect((await askApi(other, 'GET', `/api/v1/calls/${id}`)).body.data.recording).toBeNull();
    expect((await audio(undefined, manager, `/api/v1/recordings/${id}/audio?token=x`)).status).toBe(404);
  });

  it('killed while it is copied is copied once', async () => {
    const made = await recordingShop();
    const { call_id: id } = await called(made, agreed);
    const path = `/retell/recordings/${id}/recording.wav`;
    silent.add(path);
    await worked(made.at);
    expect(await recordingOf(scopeOf(made.at).db, id)).toMatchObject({ state: 'waiting' });
    expect(await inR2(made.at)).toEqual([]);
    // It died after it had written, before its row said so.
    await env.ARCHIVE.put(`recordings/${made.at.tenantId}/${id}`, 'half');
    silent.clear();
    await worked(made.at);
    expect(await recordingOf(scopeOf(made.at).db, id)).toMatchObject({ state: 'kept' });
    expect((await env.ARCHIVE.head(`recordings/${made.at.tenantId}/${id}`))?.size).toBe(44 + 4 * 16_000);
    await worked(made.at);
    expect(await atRetell(id)).toBe(false);
  });

  it('from an address that is none of Retell’s is never fetched', async () => {
    const made = await recordingShop();
    const { call_id: id } = await called(made, agreed);
    await scopeOf(made.at).db.update(calls, { recordingUrl: 'https://evil.example/recording.wav' }, eq(calls.id, id));
    await worked(made.at);
    expect(await recordingOf(scopeOf(made.at).db, id)).toMatchObject({ state: 'failed', reason: 'address' });
    expect(await kinds(made.at)).toEqual(['recording_lost']);
    expect(await inR2(made.at)).toEqual([]);
  });

  it('whose announcement nobody heard to its end is not kept', async () => {
    const made = await recordingShop();
    const { call_id: id } = await called(made, [
      { agent: 'Guten Tag, hier ist die digitale' },
      { user: 'Hallo? Einen Termin!' },
    ]);
    expect(await recordingOf(scopeOf(made.at).db, id)).toMatchObject({ state: 'not_kept', reason: 'not_announced' });
    await worked(made.at);
    expect([await atRetell(id), retell.view().recordings, await inR2(made.at)]).toEqual([false, 0, []]);
  });

  it('is gone after its days', async () => {
    const made = await recordingShop();
    const { call_id: id } = await called(made, agreed);
    await worked(made.at);
    expect(await inR2(made.at)).toHaveLength(1);
    const now = processNow();
    await scopeOf(made.at).db.update(
      callRecordings,
      { startedAt: now - 91 * 86_400_000 },
      eq(callRecordings.callId, id),
    );
    expect(await pruneTenant(platform, made.at.tenantId, now)).toMatchObject({ recordings: 1 });
    expect([await recordingOf(scopeOf(made.at).db, id), await inR2(made.at)]).toEqual([null, []]);
    await worked(made.at);
    expect([await atRetell(id), retell.view().recordings]).toEqual([false, 0]);
  });

  it.each(['before', 'after'])('is gone with its caller, erased %s it was copied', async (when) => {
    const made = await recordingShop();
    const { call_id: id } = await called(made, [
      ...agreed,
      {
        function: 'check-availability',
        args: { service: 'Haarschnitt', when: 'Dienstag um zehn', customer_name: 'Erika Berg' },
      },
      {
        function: 'book-appointment',
        args: {
          service: 'Haarschnitt',
          starts_at: '{{check-availability.slot.starts_at}}',
          customer_name: 'Erika Berg',
        },
      },
    ]);
    if (when === 'after') await worked(made.at);
    expect(await inR2(made.at)).toHaveLength(when === 'after' ? 1 : 0);
    const customerId = (await callById(scopeOf(made.at).db, id))?.customerId ?? '';
    expect(customerId).toMatch(/^cus_/);
    expect((await requestErasure(scopeOf(made.at), { id: customerId, reason: 'asked_for_at_once' })).ok).toBe(true);
    await runOfProduct('erase_customers');
    await worked(made.at);
    later(3 * 60 * MINUTE);
    await worked(made.at);
    expect([await recordingOf(scopeOf(made.at).db, id), await inR2(made.at)]).toEqual([null, []]);
    expect([await atRetell(id), retell.view().recordings]).toEqual([false, 0]);
  });
});

describe('refused', () => {
  it.each<[string, CallTurn[], string]>([
    ['in the transcript', [FIRST_WORDS, { user: 'Nein, das möchte ich nicht. Ich brauche einen Termin.' }], 'de'],
    [
      'by the function',
      [FIRST_WORDS, { user: 'Hm.' }, { function: 'no-recording', args: {} }, { user: 'Einen Termin bitte.' }],
      'de',
    ],
    [
      'late',
      [...agreed, { agent: 'Gern.' }, { user: 'Und bitte löschen Sie die Aufnahme, also die Aufzeichnung löschen.' }],
      'de',
    ],
  ])('%s: nothing is copied, and Retell’s record is deleted after the call', async (_how, turns) => {
    const made = await recordingShop();
    const { call_id: id, memory } = await called(made, turns);
    if (memory.results['no-recording'] !== undefined)
      expect(memory.results['no-recording']).toMatchObject({ success: true, recorded: false });
    expect(await recordingOf(scopeOf(made.at).db, id)).toMatchObject({
      state: 'not_kept',
      reason: 'refused',
      audioKey: null,
    });
    expect(await callById(scopeOf(made.at).db, id)).toMatchObject({ recordingUrl: null });
    expect(retell.view().recordings).toBe(1);
    await worked(made.at);
    expect([await atRetell(id), retell.view().recordings, await inR2(made.at)]).toEqual([false, 0, []]);
    expect((await recordingOf(scopeOf(made.at).db, id))?.vendorDeletedAt).not.toBeNull();
    expect(await kinds(made.at)).toEqual([]);
  });

  it('after the owner has turned it off nothing more is copied', async () => {
    const made = await recordingShop();
    const { call_id: id } = await called(made, agreed);
    must(await setRecording(owner(made.at), world, { id: made.agent, mode: 'off' }));
    await worked(made.at);
    expect(await recordingOf(scopeOf(made.at).db, id)).toMatchObject({ state: 'not_kept', reason: 'off' });
    await worked(made.at);
    expect([await atRetell(id), await inR2(made.at)]).toEqual([false, []]);
    const row = await agentNow(made.at, made.agent);
    await runJob(world, made.at.tenantId, row.jobId ?? '');
    expect(await agentNow(made.at, made.agent)).toMatchObject({ state: 'live', recording: 'off' });
    expect(await agentRecord(platform, made.remote)).toMatchObject({ recording: false });
  });
});
