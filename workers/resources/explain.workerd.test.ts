/**
 * Generated over every `*.resource.ts`: each order, filter and search of its list reads a bounded stretch of an index, on a tenant with
 * hundreds of rows of which nothing fits. A new resource gets this by existing; what it needs for rows is a line in ROWS.
 */
import { createExecutionContext } from 'cloudflare:test';
import { OpenAPIHono } from '@hono/zod-openapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { appointmentRow } from '../../tests/appointment-row.ts';
import { env, type SeededTenant, seedTenant, tenantRecord } from '../../tests/contract/tenants.ts';
import { ERASURE_STATES } from '../../shared/erasure-status.ts';
import { AGENT_STATES, NUMBER_STATES, POOL_STATES } from '../../shared/agent-sets.ts';
import { asInstant, processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import type { ScheduleKind } from '../calendar/types.ts';
import { platformOf } from '../env.ts';
import { onError } from '../http/problem.ts';
import type { AppEnv } from '../http/module-routes.ts';
import { pricingPlanFields } from '../../shared/contract/pricing-plans.ts';
import { createPlan } from '../instance/commands/create-plan.ts';
import { publishText } from '../storage/queries/legal.ts';
import { createTag } from '../crm/commands/create-tag.ts';
import { seedCallbacks, seedCalls, seedCustomers } from '../storage/queries/seed.ts';
import { installApiKey } from '../identity/api-keys.ts';
import { insertSupport } from '../storage/identity/support.ts';
import { insertUser } from '../storage/identity/users.ts';
import { endAlarm, keepAlarm } from '../storage/queries/alarms.ts';
import { saveTenant } from '../storage/platform-db.ts';
import { addToPool } from '../storage/queries/numbers.ts';
import { appointments, externalConflicts } from '../storage/tables/calendar.ts';
import { absenceRequests } from '../storage/tables/absences.ts';
import { callbackRequests } from '../storage/tables/calls.ts';
import { consents, customerNotes, erasures } from '../storage/tables/crm.ts';
import { webhookLogs } from '../storage/tables/delivery.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { imports } from '../storage/tables/imports.ts';
import { jobs } from '../storage/tables/jobs.ts';
import { notifications } from '../storage/tables/notifications.ts';
import { agents, businessNumbers } from '../storage/tables/provisioning.ts';
import type { Write } from '../storage/tenant-db.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import type { Resource } from './define.ts';
import { planProblems, readingsOf, recording } from './recorded.fixture.ts';

declare global {
  interface ImportMeta {
    glob<T>(pattern: string, options: { eager: true }): Record<string, T>;
  }
}

const modules = import.meta.glob<Record<string, unknown>>('../*/*.resource.ts', { eager: true });
const isResource = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && 'routes' in value && 'backing' in value;
/** The ledger's lists read its projection and its object in their own way (docs/decisions.md 52); tests/contract explains theirs. */
const resources = Object.values(modules)
  .flatMap((module) => Object.values(module).filter(isResource))
  .filter((resource) => resource.backing !== 'ledger')
  // A tenant's roles are a handful and read whole; MAX_ROLES bounds them.
  .filter(({ noun }) => noun !== 'role');

/** Rows of the tenant. Whoever reads all of them is noticed, however much a full page reads. */
const COUNT = 160;
const LIMIT = 3;
/** Rows that a page may read, as a multiple of what the first full page reads. */
const MAX_FACTOR = 20;

/** COUNT rows in one batch. */
const inserted = (scope: TenantScope, write: (i: number) => Write): Promise<void> =>
  scope.db.batch(Array.from({ length: COUNT }, (_, i) => write(i)));

/** Noun (or path, where a noun has two lists) → makes COUNT rows. */
const ROWS: Readonly<Record<string, (scope: TenantScope, now: number) => Promise<void>>> = {
  customer: (scope, now) =>
    seedCustomers(
      scope.db,
      Array.from({ length: COUNT }, (_, i) => ({
        id: newId('customer', now + i),
        companyId: 'com_x',
        firstName: 'Anna',
        lastName: `Müller${i % 7}`,
        email: `anna${i}@example.test`,
        phone: `+4930${String(10_000_000 + i)}`,
        language: 'de',
        vip: false,
        journeyStatus: 'customer' as const,
        createdAt: now + i,
      })),
      now,
    ),
  call: async (scope, now) => {
    await seedCalls(
      scope.db,
      Array.from({ length: COUNT }, (_, i) => ({
        id: `call_${1_000 + i}`,
        direction: 'inbound' as const,
        status: i % 2 === 0 ? ('ended' as const) : ('analyzed' as const),
        sentiment: 'neutral' as const,
        startedAt: now + i,
      })),
      now,
    );
    // So that the look-up for calls that wait for a call back finds some.
    await seedCallbacks(
      scope.db,
      ['call_1001', 'call_1004'].map((callId, i) => ({
        id: newId('callback_request', now + i),
        kind: 'callback' as const,
        status: 'open' as const,
        callId,
        createdAt: now + i,
      })),
    );
  },
  import: (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(imports, {
        id: newId('import', now + i),
        kind: 'customers',
        state: 'read',
        fileName: `Kunden ${i}.csv`,
        createdBy: 'user:test',
        createdAt: now + i,
      }),
    ),
  absence_request: (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(absenceRequests, {
        id: newId('absence_request', now + i),
        staffId: i % 2 === 0 ? 'stf_anna' : 'stf_ben',
        kind: 'vacation',
        fromDate: '2030-01-01',
        toDate: '2030-01-02',
        createdAt: now + i,
      }),
    ),
  callback_request: (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(callbackRequests, {
        id: newId('callback_request', now + i),
        kind: 'callback',
        status: 'open',
        createdAt: now + i,
      }),
    ),
  notification: (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(notifications, {
        id: newId('notification', now + i),
        eventType: 'appointment.confirmed',
        appointmentId: 'apt_x',
        channel: 'sms',
        recipient: '+4930',
        language: 'de',
        data: '{}',
        dedupeKey: String(i),
        status: 'sent',
        scheduledAt: now,
        expiresAt: now,
        createdAt: now + i,
      }),
    ),
  webhook_log: (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(webhookLogs, {
        id: newId('webhook_log', now + i),
        source: 'retell',
        eventType: 'call_ended',
        uniqueId: String(i),
        state: 'processed',
        receivedAt: now + i,
      }),
    ),
  audit: (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(auditLog, {
        id: newId('audit', now + i),
        log: 'crm',
        description: 'tag.created',
        subjectType: 'tag',
        subjectId: `tag_${i}`,
        causerType: 'system',
        causerId: 'explain',
        fields: [],
        createdAt: now + i,
      }),
    ),
  job: (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(jobs, {
        id: newId('job', now + i),
        kind: 'verify_ledgers',
        reach: 'tenant',
        params: {},
        dry: false,
        state: 'done',
        step: 0,
        steps: [],
        counts: {},
        failed: 0,
        planned: 0,
        claim: 0,
        leaseUntil: 0,
        attempts: 0,
        notBefore: now,
        createdBy: 'system:explain',
        createdAt: now + i,
      }),
    ),
  alarm: async (scope, now) => {
    for (let i = 0; i < COUNT; i++) {
      const alarm = { kind: 'ledger_differs', subject: `explain/${scope.tenantId}/${i}` } as const;
      await keepAlarm(platformOf(env), {
        id: newId('alarm', now + i),
        ...alarm,
        tenantId: null,
        detail: {},
        at: now + i,
      });
      if (i % 4 === 0) await endAlarm(platformOf(env), alarm, { at: now, by: 'system:explain' });
    }
  },
  tenant: async (scope, now) => {
    for (let i = 0; i < COUNT; i++)
      await saveTenant(
        platformOf(env),
        tenantRecord({
          id: newId('tenant', now + i),
          parentId: scope.tenantId,
          name: `Anna ${i}`,
          status: i % 2 === 0 ? 'active' : 'trial',
          createdAt: now + i,
        }),
      );
  },
  support_session: async (scope, now) => {
    for (let i = 0; i < COUNT; i++)
      await insertSupport(
        scope.db,
        {
          id: newId('support_session', now + i),
          userId: 'usr_1',
          userName: 'Anna',
          operatorId: 'usr_2',
          operatorName: 'Olga',
          operatorSessionId: 'ses_1',
          reason: 'Rückfrage zu den Zeiten',
          startedAt: now + i,
          endsAt: now + i + 60_000,
        },
        null,
        { tenant: [], unconfirmed: [] },
      );
  },
  api_key: async (scope, now) => {
    for (let i = 0; i < COUNT; i++) {
      const id = newId('api_key', now + i);
      const key = { tenantId: scope.tenantId, id, name: 'Website', key: `ask_test_${id}`, scopes: [] };
      await installApiKey(platformOf(env), key, asInstant(now + i));
    }
  },
  user: async (scope, now) => {
    for (let i = 0; i < COUNT; i++) {
      const id = newId('user', now + i);
      await insertUser(
        platformOf(env),
        {
          id,
          accountId: newId('account', now + i),
          realm: scope.tenantId,
          tenantId: scope.tenantId,
          email: `${id}@example.test`,
          name: 'Anna',
          role: 'staff',
          language: 'de',
          passwordHash: 'none',
        },
        asInstant(now + i),
      );
    }
  },
  appointment: async (scope, now) => {
    // A list needs a branch, for names and the days of its calendar.
    await scheduled(scope, now, 'company');
    await inserted(scope, (i) =>
      scope.db.insertOf(
        appointments,
        appointmentRow({ id: newId('appointment', now + i), startsAt: now + i, status: 'confirmed', createdAt: now }),
      ),
    );
  },
  conflict: (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(externalConflicts, {
        id: newId('conflict', now + i),
        kind: i % 2 === 0 ? 'booking' : 'push',
        reason: 'person_taken',
        externalUid: `uid${i}`,
        startsAt: now,
        endsAt: now + 1,
        status: i % 3 === 0 ? 'open' : 'resolved',
        createdAt: now + i,
        epoch: 1,
        seq: i,
      }),
    ),
  '/api/v1/erasures': (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(erasures, {
        id: newId('customer', now + i),
        state: ERASURE_STATES[i % ERASURE_STATES.length] ?? 'requested',
        requestedAt: now + i,
        requestedBy: 'user:usr_x',
        dueAt: now + i,
        counts: {},
        leftAtCalcom: [],
      }),
    ),
  retell_agent: (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(agents, {
        id: newId('retell_agent', now + i),
        name: 'Clara',
        branchId: `bra_${i % 3}`,
        language: 'de',
        trade: 'other',
        voice: 'clara',
        abilities: [],
        state: AGENT_STATES[i % AGENT_STATES.length] ?? 'draft',
        differences: [],
        twins: [],
        createdAt: now + i,
        updatedAt: now,
      }),
    ),
  phone_number: (scope, now) =>
    inserted(scope, (i) =>
      scope.db.insertOf(businessNumbers, {
        id: newId('phone_number', now + i),
        branchId: `bra_${i % 3}`,
        country: 'DE',
        state: NUMBER_STATES[i % NUMBER_STATES.length] ?? 'waiting',
        createdAt: now + i,
        updatedAt: now,
      }),
    ),
  pool_number: async (scope, now) => {
    for (let i = 0; i < COUNT; i += 40)
      await addToPool(
        scope.db,
        Array.from({ length: 40 }, (_, n) => ({
          id: newId('pool_number', now + i + n),
          e164: `+4940${String(now).slice(-5)}${String(i + n).padStart(4, '0')}`,
          country: 'DE',
          terminationUri: 'sip.example',
          transport: 'TLS' as const,
          sipUsername: null,
          sealedSipPassword: null,
          state: POOL_STATES[(i + n) % POOL_STATES.length] ?? 'free',
          claimedBy: null,
          numberId: null,
          claimedAt: null,
          createdAt: now + i + n,
        })),
        { tenant: [], unconfirmed: [] },
      );
  },
  consent: async (scope, now) => {
    for (let i = 0; i < COUNT; i++)
      await scope.db.insert(consents, {
        id: newId('consent', now + i),
        customerId: `cus_${i % 50}`,
        purpose: 'marketing',
        channel: 'sms',
        state: i % 2 === 0 ? 'given' : 'withdrawn',
        at: now - i,
        way: 'written',
        recordedBy: 'user:x',
        createdAt: now,
      });
  },
  customer_note: async (scope, now) => {
    for (let i = 0; i < COUNT; i++)
      await scope.db.insert(customerNotes, {
        id: newId('customer_note', now + i),
        customerId: `cus_${i % 50}`,
        subject: `Notiz ${i}`,
        text: 'Farbe',
        type: i % 3 === 0 ? 'medical' : 'general',
        visibility: 'staff',
        pinned: i % 10 === 0,
        authorKind: 'user',
        authorId: 'usr_x',
        createdAt: now - i,
        updatedAt: now,
        deletedAt: i % 20 === 0 ? now : null,
      });
  },
  tag: async (scope, now) => {
    for (let i = 0; i < COUNT; i++) await createTag(scope, { id: newId('tag', now + i), name: `Kreis ${i % 50}` });
  },
  pricing_plan: async (scope, now) => {
    for (let i = 0; i < COUNT; i++)
      await createPlan(scope, {
        ...pricingPlanFields.parse({ name: `Plan ${i % 50}`, model: 'per_minute' }),
        id: newId('pricing_plan', now + i),
      });
  },
  legal_text: async (scope, now) => {
    const kinds = ['terms', 'dpa', 'privacy'] as const;
    for (let i = 0; i < COUNT; i++)
      await publishText(
        scope.db,
        {
          id: newId('legal_text', now + i),
          kind: kinds[i % 3] ?? 'terms',
          language: i % 2 === 0 ? 'de' : 'en',
          text: '# Text',
          publishedAt: now + i,
          publishedBy: 'system:demo',
        },
        { tenant: [], unconfirmed: [] },
      );
  },
  ...Object.fromEntries(
    (['service', 'staff', 'branch', 'hours', 'exception', 'resource', 'company'] as const).map((kind) => [
      kind,
      (scope: TenantScope, now: number) => scheduled(scope, now, kind),
    ]),
  ),
};
/** COUNT items of master data and COUNT / 4 that are removed, through the object as the product writes them. */
const scheduled = async (scope: TenantScope, now: number, kind: ScheduleKind): Promise<void> => {
  const at = asInstant(now);
  const actor = { kind: 'system' as const, id: 'explain' };
  const branch = newId('branch', now);
  const company = newId('company', now);
  const place = { companyId: company, name: 'Mitte', timeZone: 'Europe/Berlin', country: 'DE', main: true };
  const bodyOf = (i: number): object => {
    switch (kind) {
      case 'company':
        return { name: `Salon ${i % 50}` };
      case 'branch':
        return { ...place, name: `Filiale ${i % 50}`, main: false, active: i % 2 === 0 };
      case 'staff':
        return { companyId: company, firstName: `Anna ${i % 50}`, branchIds: [branch] };
      case 'resource':
        return { companyId: company, branchId: branch, name: `Raum ${i % 50}`, type: 'room' };
      case 'hours':
        return { ownerKind: 'branch', ownerId: branch, weekday: i % 7, periods: [{ from: '09:00', to: '10:00' }] };
      case 'exception':
        return { ownerKind: 'branch', ownerId: branch, kind: 'closure', fromDate: '2040-01-01', toDate: '2040-01-02' };
      default:
        return {
          companyId: company,
          name: { de: `Schnitt ${i % 50}` },
          durationMinutes: 30,
          priceCents: 100,
          currency: 'EUR',
          staff: [],
        };
    }
  };
  const items = Array.from({ length: COUNT }, (_, i) => ({ kind, id: `${kind}_${1_000 + i}`, body: bodyOf(i) }));
  const put = await scope.calendar.putScheduleMany({
    key: `explain:${kind}`,
    now: at,
    actor,
    items: [{ kind: 'branch', id: branch, body: place }, ...items],
  });
  if (!put.result.ok) throw new Error(JSON.stringify(put.result.error));
  // Nobody deletes a company.
  for (const { id } of kind === 'company' ? [] : items.slice(0, COUNT / 4))
    await scope.calendar.removeScheduleItem({ key: id, now: at, actor, kind, id, expectedVersion: null });
  await scope.calendar.flush(10_000);
};

/** Member of a query → texts to ask for: nothing fits, and nearly everything fits. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  ends_from: ['2040-01-02'],
  q: [
    'Xaver',
    'Anna',
    'Anna Müller',
    'Xaver Müller',
    'Anna Müller Xaver',
    'a m',
    'anna1',
    'anna@',
    '030 10000001',
    '0301',
  ],
  tag: ['tag_unknown'],
  appointment_id: ['apt_unknown', 'apt_x'],
  assigned_to: ['usr_unknown'],
  parent_id: ['ten_unknown'],
  customer_id: ['cus_unknown', 'cus_x'],
  service_id: ['srv_unknown', 'srv_x'],
  status: ['confirmed,pending', 'cancelled'],
  from: ['2020-01-01', '2040-01-01'],
  to: ['2020-01-01', '2040-01-01'],
  kind: ['verify_ledgers', 'unknown', 'ledger_differs', 'health'],
  log: ['crm', 'unknown'],
  event: ['tag.created', 'unknown'],
  subject_type: ['tag', 'unknown'],
  subject_id: ['tag_1', 'unknown'],
  causer_type: ['system', 'unknown'],
  causer_id: ['explain', 'unknown'],
  impersonator_id: ['usr_unknown', 'usr_x'],
  since: ['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z'],
  started_from: ['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z'],
  started_before: ['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z'],
  until: ['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z'],
  staff_id: ['stf_unknown'],
  resource_id: ['res_unknown'],
  branch_id: ['bra_unknown'],
  company_id: ['com_unknown'],
  phone: ['030 10000001', '030 99999999'],
  email: ['anna1@example.test', 'nobody@example.test'],
};

it('finds the resources of the product', () => {
  expect(resources.map((resource) => resource.path)).toContain('/api/v1/customers');
});

describe.each(resources.map((resource) => [resource.path, resource] as const))('%s', (path, resource) => {
  let tenantId: SeededTenant['tenantId'];
  beforeAll(async () => {
    ({ tenantId } = await seedTenant());
    const rows = ROWS[path] ?? ROWS[resource.noun];
    if (rows === undefined) throw new Error(`add ROWS.${resource.noun} in ${import.meta.url}`);
    await rows(openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' }), processNow());
  }, 60_000);

  /** Asks the list; answers the page and what D1 was sent for it. */
  async function pageOf(query: Record<string, string>) {
    const recorded = recording(env);
    const scope = openTenant(platformOf(recorded.env), tenantId, { kind: 'system', cause: 'demo' });
    const app = new OpenAPIHono<AppEnv>();
    app.onError(onError);
    app.use('*', async (c, next) => {
      c.set('actor', scope.actor);
      c.set('scope', scope);
      c.set('now', scope.now);
      c.set('language', 'de');
      c.set('requestId', 'req_test');
      await next();
    });
    app.route('/', resource.routes);
    const search = new URLSearchParams({ limit: String(LIMIT), ...query });
    const response = await app.fetch(
      new Request(`http://localhost${path}?${search}`),
      recorded.env,
      createExecutionContext(),
    );
    expect(response.status, await response.clone().text()).toBe(200);
    const answered = (await response.json()) as {
      data: unknown[];
      meta: { next_cursor: string | null; has_more: boolean };
    };
    return { ...answered, statements: recorded.statements.filter((one) => !/FROM "tenants"/i.test(one.query)) };
  }

  /** Asks the list and answers what D1 read for it. */
  async function ask(query: Record<string, string>) {
    const page = await pageOf(query);
    const readings = await readingsOf(env, page.statements);
    return { ...page, readings, rowsRead: readings.reduce((sum, reading) => sum + reading.rowsRead, 0) };
  }

  /** The orders it offers; one that has none is asked as it is. */
  const orders = (): Record<string, string>[] => resource.query['sort']?.map((sort) => ({ sort })) ?? [{}];

  /** Every order alone, every value of a filter and every search with every order, and each value beside each other filter. */
  const requests = (): Record<string, string>[] => {
    const { sort: _orders, ...filters } = resource.query;
    const choices = Object.entries(filters)
      .map(([name, values]) => (values ?? TEXTS[name] ?? []).map((value) => ({ [name]: value })))
      .filter((values) => values.length > 0);
    const pairs = choices.flatMap((values, i) =>
      choices.slice(i + 1).flatMap((others) =>
        Array.from({ length: Math.max(values.length, others.length) }, (_, n) => ({
          ...values[n % values.length],
          ...others[n % others.length],
        })),
      ),
    );
    return [
      ...orders().flatMap((order) => [{}, ...choices.flat()].map((request) => ({ ...request, ...order }))),
      ...pairs,
    ];
  };

  it('says what to ask for each text of its query', () => {
    const texts = Object.entries(resource.query).filter(([, choices]) => choices === null);
    expect(texts.map(([name]) => name).filter((name) => TEXTS[name] === undefined)).toEqual([]);
  });

  it('reads bounded stretches of indexes, whatever is asked', { timeout: 120_000 }, async () => {
    const full = (await ask({})).rowsRead;
    const bound = Math.min(MAX_FACTOR * full, COUNT - 1);
    const wrong: string[] = [];
    for (const request of requests()) {
      const read = await ask(request);
      const label = new URLSearchParams(request).toString();
      for (const reading of read.readings)
        wrong.push(...planProblems(reading).map((problem) => `?${label}: ${problem}`));
      // Searches by words have their own bound, which holds at any size (dev/prove/lists.ts).
      if (request['q'] === undefined && read.rowsRead > bound)
        wrong.push(`?${label}: ${read.rowsRead} rows read, a full page reads ${full}`);
    }
    expect(wrong).toEqual([]);
  });

  it('reads as much for a page in the depth as for the first one', async () => {
    for (const order of orders()) {
      const first = await ask(order);
      // Only what the deepest page reads is compared: those on the way to it are asked, and not explained.
      let deepest: Record<string, string> = order;
      let next = first.meta.next_cursor;
      for (let pages = 0; pages < 20 && next !== null; pages++) {
        const page = await pageOf({ ...order, cursor: next });
        // The last page of all may hold fewer.
        if (page.data.length === LIMIT) deepest = { ...order, cursor: next };
        next = page.meta.next_cursor;
      }
      const last = await ask(deepest);
      expect(last.data).toHaveLength(LIMIT);
      expect(last.rowsRead, order['sort']).toBeLessThanOrEqual(first.rowsRead + 2);
    }
  });
});
