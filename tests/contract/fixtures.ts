/**
 * Noun → how to make one for a tenant, through the same ports the product uses. A module that brings a new `x-id-of` noun adds a line to
 * FIXTURES; a route whose schema example is not enough for a 2xx adds one to REQUESTS. Called by two-tenant.workerd.test.ts.
 */
import { ONBOARDING_STEPS } from '../../shared/onboarding-steps.ts';
import tradeKeys from '../../workers/onboarding/trades/hair_salon.json' with { type: 'json' };
import { startTestCall } from '../../workers/telephony/test-call/test-call.ts';
import type { BookRequest, RescheduleRequest } from '../../shared/contract/appointments.ts';
import { platformOf } from '../../workers/env.ts';
import { asInstant, type Instant, processNow } from '../../shared/clock.ts';
import { newId, type TopupId } from '../../shared/ids.ts';
import { asCents } from '../../shared/money.ts';
import { addDays, dateOf, instantsOf, toIso } from '../../shared/time.ts';
import { quoteFor } from '../../workers/calendar/quote-action.ts';
import { CUSTOMER_KIND } from '../../workers/crm/customer-kind.ts';
import { TAG_KIND } from '../../workers/crm/tag-kind.ts';
import { deleteItem, type ItemKind } from '../../workers/resources/items.ts';
import type { ResourceTable } from '../../workers/storage/resource-list.ts';
import type { Permission } from '../../shared/permissions.ts';
import { pricingPlanFields } from '../../shared/contract/pricing-plans.ts';
import { createPlan } from '../../workers/instance/commands/create-plan.ts';
import { PLAN_KIND } from '../../workers/instance/plan-kind.ts';
import { createTag } from '../../workers/crm/commands/create-tag.ts';
import { requestErasure } from '../../workers/crm/commands/request-erasure.ts';
import { erasePerson } from '../../workers/storage/queries/erasures.ts';
import { createUser } from '../../workers/identity/accounts.ts';
import { inviteUser } from '../../workers/identity/commands/invite-user.ts';
import { installApiKey } from '../../workers/identity/api-keys.ts';
import { defaultTerms, PER_MINUTE_PLAN } from '../../workers/ledger/rules/terms.ts';
import { sql } from 'drizzle-orm';
import { appointments, externalConflicts } from '../../workers/storage/tables/calendar.ts';
import { callbackRequests, calls } from '../../workers/storage/tables/calls.ts';
import { customers } from '../../workers/storage/tables/crm.ts';
import { auditLog } from '../../workers/storage/tables/identity.ts';
import { addToPool } from '../../workers/storage/queries/numbers.ts';
import { notifications } from '../../workers/storage/tables/notifications.ts';
import { agents, businessNumbers } from '../../workers/storage/tables/provisioning.ts';
import type { JobState } from '../../shared/job-status.ts';
import { insertJob } from '../../workers/storage/queries/jobs.ts';
import { insertWebhook } from '../../workers/storage/queries/webhooks.ts';
import { deadLetters, effects } from '../../workers/storage/tables/delivery.ts';
import { seedCalls, seedCustomers } from '../../workers/storage/queries/seed.ts';
import { saveDomain } from '../../workers/storage/platform-db.ts';
import { asTenantId } from '../../workers/tenancy/directory.ts';
import { openTenant, type TenantScope } from '../../workers/tenancy/scope.ts';
import { salonMasterData } from '../salon.ts';
import { breakOutbox } from '../workerd/broken-outbox.ts';
import { raiseAlarm } from '../../workers/alarms/raise.ts';
import { addUnmatched } from '../../workers/storage/queries/payments.ts';
import type { Json } from './document.ts';
import { env, PASSWORD, type SeededTenant, seedTenant, type TenantOptions, unique } from './tenants.ts';
import { retellAccount } from './vendors.ts';

const ACTOR = { kind: 'system' as const, id: 'contract' };
const ZONE = 'Europe/Berlin';

/** A tenant with a branch, a person, a service that everybody can book, hours on every day, terms and 100 € of balance. */
export interface FurnishedTenant extends SeededTenant {
  scope: TenantScope;
  company: string;
  branch: string;
  staff: string;
  service: string;
  resource: string;
  /** `Cookie` of the owner, signed in on the platform host */
  cookie: string;
  /** slots handed out so far: every fixture gets a time of its own */
  slots: number;
}

const ok = <T>(answer: { result: { ok: true; value: T } | { ok: false; error: unknown } }): T => {
  if (!answer.result.ok) throw new Error(`fixture refused: ${JSON.stringify(answer.result.error)}`);
  return answer.result.value;
};

/** @param signIn signs the owner in and answers the `Cookie` header; @param as a reseller for what a business has no permission to (`isSellers`) */
export async function furnishTenant(
  signIn: (tenant: SeededTenant) => Promise<string>,
  as: TenantOptions = { role: 'admin' },
): Promise<FurnishedTenant> {
  const seeded = await seedTenant(as);
  const now = processNow();
  const scope = openTenant(platformOf(env), seeded.tenantId, { kind: 'system', cause: 'demo' }, { now });
  const [company, branch, staff, service, resource] = [
    newId('company', now),
    newId('branch', now),
    newId('staff', now),
    newId('service', now),
    newId('resource', now),
  ];
  const items = salonMasterData({
    account: seeded.tenantId,
    company,
    branch: { id: branch, name: 'Mitte', closedOnHolidays: false },
    people: [{ id: staff, firstName: 'Maria' }],
    things: [{ id: resource, name: 'Stuhl', capacity: 9 }],
    services: [{ id: service, name: { de: 'Haarschnitt', en: 'Cut' }, durationMinutes: 30, priceCents: 3_000 }],
    weekdays: [0, 1, 2, 3, 4, 5, 6],
    open: { from: '00:00', to: '24:00' },
  });
  ok(await scope.calendar.putScheduleMany({ key: `furnish:${seeded.tenantId}`, now, actor: ACTOR, items }));
  ok(await scope.ledger.putTerms({ key: `terms:${seeded.tenantId}`, terms: defaultTerms(PER_MINUTE_PLAN), now }));
  const tenant: FurnishedTenant = {
    ...seeded,
    scope,
    company,
    branch,
    staff,
    service,
    resource,
    cookie: await signIn(seeded),
    slots: 0,
  };
  await topUp(tenant, 10_000);
  return tenant;
}

async function topUp(tenant: FurnishedTenant, amountCents: number): Promise<string> {
  const topupId = newId('topup', processNow()) as TopupId;
  ok(
    await tenant.scope.ledger.recordTopup({
      key: `manual:${topupId}`,
      topupId,
      amountCents: asCents(amountCents),
      currency: 'EUR',
      method: 'manual',
      bonus: true,
      now: processNow(),
    }),
  );
  return topupId;
}

/** A free half hour that nobody else in this run was given. */
function freeSlot(tenant: FurnishedTenant): Instant {
  const index = tenant.slots++;
  const date = addDays(dateOf(processNow(), ZONE), 2 + Math.floor(index / 16));
  const minutes = 8 * 60 + (index % 16) * 30;
  const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return instantsOf(date, time, ZONE)[0] ?? asInstant(0);
}

type Maker = (tenant: FurnishedTenant) => Promise<string>;

/** What each test call's page holds. */
const testCallStates = new Map<string, string>();
const testCall: Maker = async ({ scope, branch }) => {
  const now = processNow();
  const later = openTenant(platformOf(env), scope.tenantId, { kind: 'system', cause: 'demo' }, { now });
  const begun = await startTestCall(
    platformOf(env),
    later,
    { branchId: branch, language: 'de' },
    { requestId: 'contract', waitUntil: () => undefined },
  );
  if (!begun.ok) throw new Error(`fixture refused: ${begun.error.code}`);
  testCallStates.set(begun.value.id, begun.value.state);
  return begun.value.id;
};
const stateOfTestCall = async (tenant: FurnishedTenant, ids: ReadonlyMap<string, string>): Promise<string> =>
  testCallStates.get(ids.get('path:id') ?? '') ?? testCallStates.get(await testCall(tenant)) ?? '';

const tag: Maker = async (tenant) => {
  const made = await createTag(tenant.scope, { id: newId('tag', processNow()), name: unique('Stammkunde') });
  if (!made.ok) throw new Error('no tag');
  return made.value.id;
};

const pricingPlan: Maker = async (tenant) => {
  const input = pricingPlanFields.parse({ name: unique('Plan'), model: 'per_minute' });
  const made = await createPlan(tenant.scope, { ...input, id: newId('pricing_plan', processNow()) });
  if (!made.ok) throw new Error('no plan');
  return made.value.id;
};

/** One that was deleted and may be restored. */
const deleted =
  <T extends ResourceTable>(kind: ItemKind<T>, permission: Permission, make: Maker): Maker =>
  async (tenant) => {
    const id = await make(tenant);
    const gone = await deleteItem(tenant.scope, kind, permission, { id, expectedVersion: null });
    if (!gone.ok) throw new Error(`not deleted: ${gone.error.code}`);
    return id;
  };

const customer: Maker = async (tenant) => {
  const now = processNow();
  const id = newId('customer', now);
  await seedCustomers(
    tenant.scope.db,
    [
      {
        id,
        companyId: tenant.company,
        firstName: 'Erika',
        lastName: unique('Muster'),
        email: null,
        phone: `+4930${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
        language: 'de',
        vip: false,
        journeyStatus: 'customer',
        createdAt: now,
      },
    ],
    now,
  );
  ok(await tenant.scope.calendar.registerCustomers({ customerIds: [id], now }));
  return id;
};

/** A half hour that has begun, or is over, and that nobody else in this run was given. */
function begunSlot(tenant: FurnishedTenant): Instant {
  const halfHour = 30 * 60_000;
  return asInstant((Math.floor(processNow() / halfHour) - 1 - tenant.slots++) * halfHour);
}

const appointment: Maker = (tenant) => booked(tenant, freeSlot(tenant));

async function booked(tenant: FurnishedTenant, startsAt: Instant): Promise<string> {
  const now = processNow();
  const appointmentId = newId('appointment', now);
  ok(
    await tenant.scope.calendar.book({
      key: `contract:${appointmentId}`,
      now,
      actor: ACTOR,
      appointmentId,
      customerId: await customer(tenant),
      services: [{ serviceId: tenant.service }],
      branchId: tenant.branch,
      staffId: tenant.staff,
      startsAt,
      source: 'admin',
      notify: false,
      internal: true,
      backdate: startsAt < now,
    }),
  );
  await tenant.scope.calendar.flush(2_000);
  return appointmentId;
}

const hold: Maker = async (tenant) => {
  const lockToken = unique('lock');
  ok(
    await tenant.scope.calendar.hold({
      key: `contract:${lockToken}`,
      now: processNow(),
      actor: ACTOR,
      lockToken,
      services: [{ serviceId: tenant.service }],
      branchId: tenant.branch,
      staffId: tenant.staff,
      startsAt: freeSlot(tenant),
      internal: true,
    }),
  );
  return lockToken;
};

const call: Maker = async (tenant) => {
  const now = processNow();
  const id = unique('call');
  await seedCalls(
    tenant.scope.db,
    [
      {
        id,
        companyId: tenant.company,
        branchId: tenant.branch,
        customerId: await customer(tenant),
        direction: 'inbound',
        status: 'ended',
        startedAt: now - 120_000,
        endedAt: now - 60_000,
        durationMs: 60_000,
      },
    ],
    now,
  );
  return id;
};

const scheduleItem =
  (
    noun: 'company' | 'branch' | 'staff' | 'service' | 'resource' | 'hours' | 'exception',
    body: (tenant: FurnishedTenant) => unknown,
  ): Maker =>
  async (tenant) => {
    const id = newId(noun, processNow());
    ok(
      await tenant.scope.calendar.putSchedule({
        key: `contract:${id}`,
        now: processNow(),
        actor: ACTOR,
        kind: noun,
        id,
        body: body(tenant),
        expectedVersion: null,
      }),
    );
    await tenant.scope.calendar.flush(2_000);
    return id;
  };

/** An SMS that has left; answers its id. */
export async function sentNotification(
  { scope }: FurnishedTenant,
  more: { statusRank?: number; providerMessageId?: string } = {},
): Promise<string> {
  const now = processNow();
  const id = newId('notification', now);
  await scope.db.insert(notifications, {
    id,
    eventType: 'appointment.confirmed',
    channel: 'sms',
    recipient: '+4915112345678',
    language: 'de',
    data: '{}',
    dedupeKey: id,
    status: 'sent',
    scheduledAt: now,
    expiresAt: now + 3_600_000,
    createdAt: now,
    ...more,
  });
  return id;
}

/** A job that nobody works on: it is due in a year. */
const job =
  (state: JobState, failed = 0): Maker =>
  async (tenant) => {
    const now = processNow();
    const id = newId('job', now);
    await insertJob(tenant.scope.db, {
      id,
      kind: 'verify_ledgers',
      reach: 'tenant',
      params: {},
      dry: false,
      state,
      step: 0,
      steps: [
        {
          name: 'verify',
          state: 'pending',
          cursor: null,
          done: 0,
          failed,
          total: null,
          startedAt: null,
          endedAt: null,
        },
      ],
      counts: {},
      failed,
      planned: 0,
      claim: 0,
      leaseUntil: 0,
      attempts: 0,
      notBefore: now + 366 * 86_400_000,
      createdBy: 'system:contract',
      createdAt: now,
    });
    return id;
  };

/** Noun of `x-id-of` → a new one of the tenant. */
export const FIXTURES: Readonly<Record<string, Maker>> = {
  tenant: async (tenant) => tenant.tenantId,
  company: async (tenant) => tenant.company,
  // The furnished ones: a booking needs branch, person and service that belong together.
  branch: async (tenant) => tenant.branch,
  staff: async (tenant) => tenant.staff,
  service: async (tenant) => tenant.service,
  resource: async (tenant) => tenant.resource,
  hours: scheduleItem('hours', (tenant) => ({
    ownerKind: 'staff',
    ownerId: tenant.staff,
    weekday: 1,
    periods: [{ from: '09:00', to: '10:00' }],
  })),
  exception: scheduleItem('exception', (tenant) => ({
    ownerKind: 'staff',
    ownerId: tenant.staff,
    kind: 'vacation',
    fromDate: '2040-01-01',
    toDate: '2040-01-02',
  })),
  test_call: testCall,
  customer,
  tag,
  appointment,
  hold,
  call,
  quote: async (tenant) => {
    const { scope } = tenant;
    const now = processNow();
    const startsAt = freeSlot(tenant);
    const date = dateOf(startsAt, ZONE);
    const found = ok(
      await scope.calendar.checkAvailability({
        now,
        services: [{ serviceId: tenant.service }],
        branchId: tenant.branch,
        staffId: tenant.staff,
        window: { fromDate: date, untilDate: date },
        at: { startsAt },
      }),
    );
    if (found.slot === null) throw new Error(`fixture: no slot (${found.reason})`);
    return quoteFor(scope.config.AUTH_SECRET, tenant.tenantId, found.slot, found.scheduleVersion, now);
  },
  // A booking of Cal.com's whose type nobody has mapped.
  conflict: async (tenant) => {
    const now = processNow();
    const uid = unique('uid');
    const startsAt = freeSlot(tenant);
    const { conflict } = ok(
      await tenant.scope.calendar.applyExternal({
        key: `contract:${uid}`,
        now,
        actor: { kind: 'calcom', id: 'contract' },
        type: 'created',
        uid,
        appointmentId: `apt_cal${uid}`,
        modificationId: newId('modification', now),
        conflictId: newId('conflict', now),
        startsAt,
        endsAt: asInstant(startsAt + 30 * 60_000),
        staffId: tenant.staff,
        serviceId: null,
        branchId: null,
        customerId: await customer(tenant),
        eventTypeId: '4711',
        hostId: null,
        externalUpdatedAt: now,
      }),
    );
    if (conflict === null) throw new Error('fixture: no conflict');
    await tenant.scope.calendar.flush(2_000);
    return conflict.id;
  },
  callback_request: async (tenant) => {
    const now = processNow();
    const id = newId('callback_request', now);
    await tenant.scope.db.insert(callbackRequests, { id, kind: 'callback', status: 'open', createdAt: now });
    return id;
  },
  topup: async (tenant) => {
    const id = await topUp(tenant, 2_000);
    await tenant.scope.ledger.flush(2_000);
    return id;
  },
  entry: async (tenant) => {
    await topUp(tenant, 1_000);
    await tenant.scope.ledger.flush(2_000);
    const page = ok(await tenant.scope.ledger.entries({ limit: 1 }));
    const [entry] = page.items;
    if (entry === undefined) throw new Error('no entry');
    return entry.id;
  },
  notification: (tenant) => sentNotification(tenant),
  webhook_log: async (tenant) => {
    const now = processNow();
    const id = newId('webhook_log', now);
    await insertWebhook(tenant.scope.db, {
      id,
      source: 'retell',
      eventType: 'call_ended',
      uniqueId: id,
      payload: '{}',
      state: 'processed',
      receivedAt: now,
    });
    return id;
  },
  audit: async (tenant) => {
    const { scope } = tenant;
    const now = processNow();
    const id = newId('audit', now);
    await scope.db.insert(auditLog, {
      id,
      log: 'identity',
      description: 'session.created',
      subjectType: 'user',
      subjectId: tenant.userId,
      causerType: 'user',
      causerId: tenant.userId,
      fields: [],
      createdAt: now,
    });
    return id;
  },
  dead_letter: async (tenant) => {
    const now = processNow();
    const id = unique('eff');
    await tenant.scope.db.insert(effects, {
      id,
      queue: 'low',
      kind: 'call.link',
      ref: '{}',
      state: 'parked',
      notBefore: now,
      createdAt: now,
    });
    await tenant.scope.db.insert(deadLetters, { id, queue: 'low', message: '{}', reason: 'contract', at: now });
    return id;
  },
  job: job('queued'),
  alarm: async (tenant) => {
    const subject = unique('contract');
    await raiseAlarm(platformOf(env), { kind: 'ledger_differs', subject, tenantId: tenant.tenantId });
    const row = await env.DB.prepare('SELECT id FROM alarms WHERE subject = ?1').bind(subject).first<{ id: string }>();
    if (row === null) throw new Error('no alarm');
    return row.id;
  },
  unmatched_payment: async (tenant) => {
    const id = unique('evt');
    const now = processNow();
    const webhookId = newId('webhook_log', now);
    await insertWebhook(tenant.scope.db, {
      id: webhookId,
      source: 'stripe',
      eventType: 'charge.refunded',
      uniqueId: id,
      payload: '{}',
      state: 'failed',
      receivedAt: now,
    });
    await addUnmatched(platformOf(env), {
      tenantId: tenant.tenantId,
      id,
      eventType: 'charge.refunded',
      paymentId: unique('pi'),
      reason: 'payment_unknown',
      webhookId,
      createdAt: now,
    });
    return id;
  },
  pricing_plan: pricingPlan,
  user: async (tenant) => tenant.userId,
  retell_agent: async (tenant) => {
    const now = processNow();
    const id = newId('retell_agent', now);
    await tenant.scope.db.insert(agents, {
      id,
      name: 'Clara',
      branchId: tenant.branch,
      language: 'de',
      trade: 'hair_salon',
      voice: 'clara',
      abilities: ['book'],
      state: 'draft',
      differences: [],
      twins: [],
      createdAt: now,
      updatedAt: now,
    });
    return id;
  },
  phone_number: async (tenant) => {
    const now = processNow();
    const id = newId('phone_number', now);
    const row = { id, branchId: tenant.branch, country: 'DE', state: 'waiting' as const };
    await tenant.scope.db.insert(businessNumbers, { ...row, createdAt: now, updatedAt: now });
    return id;
  },
  pool_number: async (tenant) => {
    const now = processNow();
    const id = newId('pool_number', now);
    const e164 = `+4940${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
    const row = {
      id,
      e164,
      country: 'DE',
      terminationUri: 'sip.example',
      transport: 'TLS' as const,
      state: 'free' as const,
    };
    const none = { sipUsername: null, sealedSipPassword: null, claimedBy: null, numberId: null, claimedAt: null };
    await addToPool(tenant.scope.db, [{ ...row, ...none, createdAt: now }], { tenant: [], unconfirmed: [] });
    return id;
  },
  api_key: async (tenant) => {
    const now = processNow();
    const id = newId('api_key', now);
    await installApiKey(
      platformOf(env),
      {
        tenantId: tenant.tenantId,
        id,
        name: 'fixture',
        key: `ask_test_${unique('k').replaceAll('-', '_')}`,
        scopes: ['view_calls'],
      },
      now,
    );
    return id;
  },
};

/** Makers for requests that change or remove what the path names: the furnished ones must stay as they are. */
export const DISPOSABLE: Readonly<Record<string, Maker>> = {
  company: scheduleItem('company', () => ({ name: 'Zweigbetrieb' })),
  branch: scheduleItem('branch', (tenant) => ({
    companyId: tenant.company,
    name: 'Filiale',
    timeZone: ZONE,
    country: 'DE',
  })),
  staff: scheduleItem('staff', (tenant) => ({
    companyId: tenant.company,
    firstName: 'Jonas',
    branchIds: [tenant.branch],
  })),
  service: scheduleItem('service', (tenant) => ({
    companyId: tenant.company,
    name: { de: 'Bart' },
    durationMinutes: 15,
    priceCents: 1_000,
    currency: 'EUR',
    staff: [{ staffId: tenant.staff }],
  })),
  resource: scheduleItem('resource', (tenant) => ({
    companyId: tenant.company,
    branchId: tenant.branch,
    name: 'Raum',
    type: 'room',
  })),
  user: (tenant) => colleague(tenant),
};

/** A name that no other test uses, of letters. */
const lettered = (name: string): string =>
  `${name} ${unique('X').replaceAll(/[^a-z]|\d/g, (digit) => String.fromCharCode(97 + (Number(digit) || 0)))}`;
/** Somebody of the tenant besides its owner. */
const colleague: Maker = async ({ tenantId }) => {
  const input = {
    tenantId,
    email: `${unique('kollege')}@mail.test`,
    name: 'Jo Kolle',
    role: 'staff',
    language: 'de',
  } as const;
  const made = await createUser(platformOf(env), { ...input, password: PASSWORD }, processNow());
  if (!made.ok) throw new Error(made.error.code);
  return made.value.userId;
};
/** Somebody who has not accepted yet. */
const invited: Maker = async ({ scope }) => {
  const input = { email: `${unique('neu')}@mail.test`, name: 'Mia Neu', role: 'staff', language: 'de' } as const;
  const made = await inviteUser(platformOf(env), scope, input);
  if (!made.ok) throw new Error(made.error.code);
  return made.value.userId;
};

/** An item of master data that was removed and may be restored. */
function removed(kind: 'branch' | 'staff' | 'service' | 'resource' | 'hours' | 'exception'): Maker {
  return async (tenant) => {
    const id = (await (DISPOSABLE[kind] ?? FIXTURES[kind])?.(tenant)) ?? '';
    const now = processNow();
    const { calendar } = tenant.scope;
    ok(await calendar.removeScheduleItem({ key: `gone:${id}`, now, actor: ACTOR, kind, id, expectedVersion: null }));
    await calendar.flush(2_000);
    return id;
  };
}

/** A customer who is to be erased, or was. */
function erased(state: 'requested' | 'erased'): Maker {
  return async (tenant) => {
    const id = await customer(tenant);
    const now = processNow();
    const asked = await requestErasure(tenant.scope, { id });
    if (!asked.ok) throw new Error(asked.error.code);
    if (state === 'erased') await tenant.scope.db.batch(erasePerson(tenant.scope.db, id, { now, calendarEpoch: null }));
    return id;
  };
}
/** A tenant whose calendar's first event cannot be read: both sinks stand at it. */
const stuckTenant: Maker = async () => {
  const { tenantId } = await seedTenant();
  await breakOutbox(tenantId, 'calendar');
  return tenantId;
};

/** Of agents that stand at Retell twice: which one nobody uses. */
const twins = new Map<string, string>();

/** An agent that is live at Retell, with a second one beside it. */
const agentAtRetell: Maker = async (tenant) => {
  const id = (await FIXTURES['retell_agent']?.(tenant)) ?? '';
  const made = (path: string, body: Record<string, unknown>): string => {
    const answered = retellAccount.handle({ method: 'POST', path, query: new URLSearchParams(), body })?.body;
    const { agent_id: agent, llm_id: model } = answered as { agent_id?: string; llm_id?: string };
    return agent ?? model ?? '';
  };
  const agent = (llmId: string): string =>
    made('/create-agent', {
      agent_name: `Clara [${id}]`,
      voice_id: '11labs-Carola',
      response_engine: { type: 'retell-llm', llm_id: llmId },
    });
  const llmId = made('/create-retell-llm', {});
  const agentId = agent(llmId);
  await tenant.scope.db.update(agents, { state: 'live', agentId, llmId }, sql`id = ${id}`);
  twins.set(id, agent(llmId));
  return id;
};

/** `METHOD /path` → makers for requests that need their noun in another state than FIXTURES makes it. */
export const IN_STATE: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  // Nobody completes what is still to come.
  'POST /api/v1/appointments/{id}/{action}': { appointment: (tenant) => booked(tenant, begunSlot(tenant)) },
  'POST /api/v1/retell-agents/{id}/check': { retell_agent: agentAtRetell },
  'POST /api/v1/retell-agents/{id}/remove-twin': { retell_agent: agentAtRetell },
  'POST /api/v1/jobs/{id}/resume': { job: job('paused') },
  'POST /api/v1/jobs/{id}/rerun': { job: job('done', 1) },
  'POST /api/v1/objects/{tenant_id}/{kind}/skip': { tenant: stuckTenant },
  'POST /api/v1/objects/{tenant_id}/{kind}/restore': { tenant: async () => (await seedTenant()).tenantId },
  // The furnished one must go on working.
  ...Object.fromEntries(
    [
      'PATCH /api/v1/tenants/{id}',
      'POST /api/v1/tenants/{id}/{verb}',
      'POST /api/v1/tenants/{id}/domains',
      'POST /api/v1/tenants/{id}/domains/{host}/check',
      'DELETE /api/v1/tenants/{id}/domains/{host}',
    ].map((label) => [label, { tenant: async () => (await seedTenant()).tenantId }]),
  ),
  'POST /api/v1/customers/{id}/restore': { customer: deleted(CUSTOMER_KIND, 'delete_customers', customer) },
  'POST /api/v1/users/{id}/invite': { user: invited },
  'GET /api/v1/erasures': { customer: erased('requested') },
  'GET /api/v1/erasures/{id}': { customer: erased('requested') },
  'DELETE /api/v1/customers/{id}/erasure': { customer: erased('requested') },
  'POST /api/v1/customers/{id}/erasure/close': { customer: erased('erased') },
  'POST /api/v1/tags/{id}/restore': { tag: deleted(TAG_KIND, 'delete_tags', tag) },
  'POST /api/v1/pricing-plans/{id}/restore': {
    pricing_plan: deleted(PLAN_KIND, 'delete_pricing_plans', pricingPlan),
  },
  'POST /api/v1/services/{id}/restore': { service: removed('service') },
  'POST /api/v1/staff/{id}/restore': { staff: removed('staff') },
  'POST /api/v1/branches/{id}/restore': { branch: removed('branch') },
  'POST /api/v1/resources/{id}/restore': { resource: removed('resource') },
  'POST /api/v1/working-hours/{id}/restore': { hours: removed('hours') },
  'POST /api/v1/exceptions/{id}/restore': { exception: removed('exception') },
};

/** Settings are the instance's: each request that changes them needs a value that is not there yet. */
let settingsTried = 0;

/** What a request needs beyond its schema's examples. Ids that are left out keep what the test puts there. */
export interface RequestOptions {
  body?: { [member: string]: Json };
  query?: Record<string, string>;
  /** path parameters that are no ids */
  parameters?: Record<string, string>;
}

/** `METHOD /path` → what makes the owner's request succeed. `ids`: what the test will put where (`body:staff_id`). */
const HAIR = tradeKeys.services.map((service) => service.key);

export const REQUESTS: Readonly<
  Record<string, (tenant: FurnishedTenant, ids: ReadonlyMap<string, string>) => Promise<RequestOptions>>
> = {
  // What was made once is kept: each request makes another of them.
  'POST /api/v1/trade-templates/{id}/apply': async (tenant) => ({
    body: { services: [{ key: HAIR[tenant.slots++ % HAIR.length] ?? '', price_cents: 4_000 }] },
  }),
  // The same step again changes nothing and leaves no trace: put off here, brought back by nobody.
  'PATCH /api/v1/onboarding': async (tenant) => {
    const step = ONBOARDING_STEPS[tenant.slots++ % ONBOARDING_STEPS.length] ?? 'calcom';
    return { body: { step, skipped: true } };
  },
  'POST /api/v1/onboarding/people': async () => ({
    body: { people: [{ first_name: 'Jana', last_name: unique('Neu') }] },
  }),
  'POST /api/v1/test-calls/{id}/say': async (tenant, ids) => ({
    body: { text: 'Wann haben Sie geöffnet?', state: await stateOfTestCall(tenant, ids) },
  }),
  'POST /api/v1/test-calls/{id}/end': async (tenant, ids) => ({
    body: { state: await stateOfTestCall(tenant, ids) },
  }),
  'POST /api/v1/api-keys': async () => ({ body: { name: 'contract', scopes: ['view_calls'] } }),
  'PATCH /api/auth/profile': async () => ({ body: { name: lettered('Inhaberin') } }),
  // The same one again: whoever comes after signs in with it.
  'POST /api/auth/password/change': async () => ({ body: { current_password: PASSWORD, password: PASSWORD } }),
  'PATCH /api/v1/api-keys/{id}': async () => ({ body: { name: unique('Website') } }),
  'POST /api/v1/users': async () => ({ body: { email: `${unique('neu')}@mail.test`, name: 'Mia Neu', role: 'staff' } }),
  'PATCH /api/v1/users/{id}': async () => ({ body: { name: 'Mia Neu', role: 'receptionist' } }),
  // Every field may be left out: an empty change would prove little.
  'PATCH /api/v1/companies/{id}': async () => ({ body: { name: unique('Salon'), sms_countries: ['de', 'at'] } }),
  'PATCH /api/v1/customers/{id}': async () => ({ body: { last_name: unique('Geändert') } }),
  'PATCH /api/v1/pricing-plans/{id}': async () => ({ body: { name: unique('Minuten') } }),
  'PATCH /api/v1/settings': async () => ({ body: { trial_days: 7 + (settingsTried++ % 60) } }),
  'POST /api/v1/tenants': async () => ({
    body: { name: unique('Betrieb'), owner: { name: 'Olivia', email: `${unique('owner')}@example.test` } },
  }),
  'PATCH /api/v1/tenants/{id}': async () => ({ body: { name: unique('Betrieb') } }),
  'POST /api/v1/tenants/{id}/{verb}': async () => ({
    parameters: { verb: 'suspend' },
    body: { reason: 'Rechnung offen' },
  }),
  'POST /api/v1/tenants/{id}/domains': async () => ({ body: { host: `${unique('www')}.example.org` } }),
  'POST /api/v1/tenants/{id}/domains/{host}/check': async (_tenant, ids) => ({
    parameters: { host: await claimed(ids) },
  }),
  'DELETE /api/v1/tenants/{id}/domains/{host}': async (_tenant, ids) => ({ parameters: { host: await claimed(ids) } }),
  'PATCH /api/v1/tags/{id}': async () => ({ body: { name: unique('Stammkunde') } }),
  'POST /api/v1/retell-agents/{id}/remove-twin': async (_tenant, ids) => ({
    body: { kind: 'agent', id: twins.get(ids.get('path:id') ?? '') ?? 'agent_unknown' },
  }),
  // A number that the pool has already changes nothing.
  'POST /api/v1/number-pool': async () => ({
    body: { numbers: [`+4940${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`] },
  }),
  'PATCH /api/v1/retell-agents/{id}': async () => ({ body: { name: unique('Clara') } }),
  'PATCH /api/v1/phone-numbers/{id}': async () => ({ body: { published_number: '030 12345678' } }),
  'PATCH /api/v1/callback-requests/{id}': async () => ({ body: { status: 'done' } }),
  'POST /api/v1/customers': async () => ({ body: { first_name: 'Max', last_name: unique('Mustermann') } }),
  'POST /api/v2/bookings': async (tenant) => ({
    body: { starts_at: toIso(freeSlot(tenant)), source: 'api' } satisfies Partial<BookRequest>,
  }),
  // Hours are of one owner: the person, unless the test names a resource.
  'POST /api/v1/working-hours': async (tenant, ids) => ({
    body: ids.has('body:resource_id') ? {} : { staff_id: tenant.staff },
  }),
  'PUT /api/v1/working-hours/{id}': async (tenant, ids) => ({
    body: ids.has('body:resource_id') ? {} : { staff_id: tenant.staff },
  }),
  // Every field may be left out: an empty change would prove little.
  'PATCH /api/v1/services/{id}': async () => ({ body: { category: unique('Gruppe') } }),
  'PATCH /api/v1/staff/{id}': async () => ({ body: { last_name: unique('Muster') } }),
  'PATCH /api/v1/branches/{id}': async () => ({ body: { name: unique('Filiale') } }),
  'PATCH /api/v1/resources/{id}': async () => ({ body: { name: unique('Raum') } }),
  'PATCH /api/v1/working-hours/{id}': async () => ({ body: { breaks: [{ from: '09:15', to: '09:30' }] } }),
  'PATCH /api/v1/exceptions/{id}': async () => ({ body: { note: unique('Notiz') } }),
  'POST /api/v1/services/bulk': async (tenant) => ({
    body: {
      items: [
        {
          name: { de: unique('Schnitt') },
          duration_minutes: 30,
          price_cents: 3_000,
          currency: 'EUR',
          staff: [{ staff_id: tenant.staff }],
        },
      ],
    },
  }),
  'POST /api/v1/staff/bulk': async (tenant) => ({
    body: { items: [{ first_name: 'Jana', branch_ids: [tenant.branch] }] },
  }),
  'POST /api/v1/branches/bulk': async () => ({
    body: { items: [{ name: unique('Filiale'), time_zone: ZONE, country: 'DE' }] },
  }),
  'POST /api/v1/resources/bulk': async (tenant) => ({
    body: { items: [{ name: unique('Raum'), type: 'room', branch_id: tenant.branch }] },
  }),
  'POST /api/v1/working-hours/bulk': async (tenant, ids) => ({
    body: {
      items: [
        {
          day_of_week: 1,
          periods: [{ from: '09:00', to: '10:00' }],
          ...(ids.has('body:items.0.resource_id') ? {} : { staff_id: tenant.staff }),
        },
      ],
    },
  }),
  'POST /api/v1/exceptions/bulk': async (tenant, ids) => ({
    body: {
      items: [
        {
          kind: 'vacation',
          from_date: '2040-01-01',
          to_date: '2040-01-02',
          ...(ids.has('body:items.0.resource_id') ? {} : { staff_id: tenant.staff }),
        },
      ],
    },
  }),
  // A booking by staff is confirmed already.
  'POST /api/v1/appointments/{id}/{action}': async () => ({ parameters: { action: 'complete' } }),
  'PATCH /api/v2/bookings/{id}/reschedule': async (tenant) => ({
    body: { new_starts_at: toIso(freeSlot(tenant)) } satisfies RescheduleRequest,
  }),
  'POST /api/v2/availability/simple': async () => ({ body: { date: addDays(dateOf(processNow(), ZONE), 3) } }),
  'POST /api/v2/availability/composite': async () => ({ body: { date: addDays(dateOf(processNow(), ZONE), 3) } }),
  'GET /api/v1/calendar/day': async () => ({ query: { date: addDays(dateOf(processNow(), ZONE), 2) } }),
};

/** A host name of the tenant in the path that waits for its proof. */
async function claimed(ids: ReadonlyMap<string, string>): Promise<string> {
  const host = `${unique('www')}.example.org`;
  const tenantId = asTenantId(ids.get('path:id') ?? '');
  await saveDomain(platformOf(env), { tenantId, host, status: 'pending', proof: 'proof', createdAt: processNow() });
  return host;
}

/** Routes of the platform's operator: everybody else's key and session are refused, the operator's are driven like an owner's. */
export const isOperators = (path: string): boolean =>
  /^\/api\/v1\/(crons|settings|alarms|objects|unmatched-payments|parked-work|tenants|number-pool)(\/|$)/.test(path);

/** Routes of whoever has tenants below: tested between two resellers, because a business has no permission to them. */
export const isSellers = (path: string): boolean => /^\/api\/v1\/pricing-plans(\/|$)/.test(path);

/** What a reseller's account is made as, for `furnishTenant`. */
export const SELLER: TenantOptions = { type: 'reseller', role: 'reseller_admin' };

/** Gives every row what its list shows beside it: a customer, an appointment. What D1 is asked for those is asked of rows that have them. */
export async function nameBesideRows({ scope: { db } }: FurnishedTenant): Promise<void> {
  const [person] = await db.rows(customers, { limit: 1 });
  const [visit] = await db.rows(appointments, { limit: 1 });
  if (person === undefined || visit === undefined) throw new Error('the fixtures made no customer or no appointment');
  const all = sql`1`;
  await db.update(callbackRequests, { customerId: person.id }, all);
  await db.update(calls, { customerId: person.id, appointmentId: visit.id }, all);
  await db.update(externalConflicts, { customerId: person.id, appointmentId: visit.id }, all);
}

/** Routes that need a state of the world this test does not make, with the reason. Everything else about them is still tested. */
export const OWNER_MAY_FAIL: Readonly<Record<string, { status: number; because: string }>> = Object.fromEntries(
  [
    'GET /api/v1/crons',
    'GET /api/v1/crons/{name}/runs',
    'POST /api/v1/crons/{name}/fire',
    'POST /api/v1/crons/{name}/pause',
    'POST /api/v1/crons/{name}/resume',
    'GET /api/v1/settings',
    'PATCH /api/v1/settings',
    'GET /api/v1/alarms',
    'GET /api/v1/alarms/{id}',
    'POST /api/v1/alarms/{id}/clear',
    'GET /api/v1/objects/{tenant_id}/{kind}',
    'POST /api/v1/objects/{tenant_id}/{kind}/skip',
    'POST /api/v1/objects/{tenant_id}/{kind}/rebuild',
    'POST /api/v1/objects/{tenant_id}/{kind}/restore',
    'POST /api/v1/objects/{tenant_id}/{kind}/verify',
    'POST /api/v1/objects/{tenant_id}/ledger/repair',
    'GET /api/v1/unmatched-payments',
    'POST /api/v1/unmatched-payments/{tenant_id}/{id}/match',
    'POST /api/v1/unmatched-payments/{tenant_id}/{id}/ignore',
    'GET /api/v1/parked-work',
    'POST /api/v1/parked-work/{tenant_id}/{id}/replay',
    'POST /api/v1/parked-work/{tenant_id}/{id}/settle',
    'GET /api/v1/number-pool',
    'GET /api/v1/number-pool/{id}',
    'POST /api/v1/number-pool',
    'POST /api/v1/number-pool/{id}/remove',
    'GET /api/v1/tenants',
    'POST /api/v1/tenants',
    'GET /api/v1/tenants/{id}',
    'PATCH /api/v1/tenants/{id}',
    'POST /api/v1/tenants/{id}/{verb}',
    'POST /api/v1/tenants/{id}/vat-check',
    'GET /api/v1/tenants/{id}/domains',
    'POST /api/v1/tenants/{id}/domains',
    'POST /api/v1/tenants/{id}/domains/{host}/check',
    'DELETE /api/v1/tenants/{id}/domains/{host}',
  ].map((label) => [label, { status: 403, because: 'they are the operator’s, some a reseller’s too' }]),
);
