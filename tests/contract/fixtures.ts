/**
 * Noun → how to make one for a tenant, through the same ports the product uses. A module that brings a new `x-id-of` noun adds a line to
 * FIXTURES; a route whose schema example is not enough for a 2xx adds one to REQUESTS. Called by two-tenant.workerd.test.ts.
 */
import { ONBOARDING_STEPS } from '../../shared/onboarding-steps.ts';
import tradeKeys from '../../workers/onboarding/trades/hair_salon.json' with { type: 'json' };
import { startTestCall } from '../../workers/telephony/test-call/test-call.ts';
import { FIGURE_NAMES } from '../../shared/figure-names.ts';
import { COUNTED_NAMES, MAX_WIDGETS_ASKED } from '../../shared/widget-names.ts';
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
import { dropDraft, publishText, saveDraft } from '../../workers/storage/queries/legal.ts';
import { forgetTenant } from '../../workers/storage/platform-db.ts';
import { createTag } from '../../workers/crm/commands/create-tag.ts';
import { createCustomerNote } from '../../workers/crm/commands/create-customer-note.ts';
import { recordConsent } from '../../workers/crm/consents/commands/record-consent.ts';
import { CALL_KIND } from '../../workers/telephony/call-kind.ts';
import { CUSTOMER_NOTE_KIND } from '../../workers/crm/customer-note-kind.ts';
import { requestErasure } from '../../workers/crm/commands/request-erasure.ts';
import { erasePerson } from '../../workers/storage/queries/erasures.ts';
import { createUser } from '../../workers/identity/accounts.ts';
import { deleteRole } from '../../workers/identity/commands/change-role.ts';
import { createRole } from '../../workers/identity/commands/create-role.ts';
import { inviteUser } from '../../workers/identity/commands/invite-user.ts';
import { installApiKey } from '../../workers/identity/api-keys.ts';
import { keepChallenge, placeOf, subjectOf } from '../../workers/identity/passkeys.ts';
import { defaultTerms, PER_MINUTE_PLAN } from '../../workers/ledger/rules/terms.ts';
import { sql } from 'drizzle-orm';
import { appointments, externalConflicts } from '../../workers/storage/tables/calendar.ts';
import { callbackRequests, calls } from '../../workers/storage/tables/calls.ts';
import type { ImportState } from '../../shared/import-sets.ts';
import { insertImport, type NewImportedRow, rowsPut } from '../../workers/storage/queries/imports.ts';
import { insertAbsence } from '../../workers/storage/queries/absence-requests.ts';
import { customers } from '../../workers/storage/tables/crm.ts';
import { auditLog } from '../../workers/storage/tables/identity.ts';
import { insertSupport } from '../../workers/storage/identity/support.ts';
import { addToPool } from '../../workers/storage/queries/numbers.ts';
import { notifications } from '../../workers/storage/tables/notifications.ts';
import { RECORDING_NOTICE_VERSION } from '../../shared/recording-sets.ts';
import { insertRecording } from '../../workers/storage/queries/recordings.ts';
import { agents, businessNumbers } from '../../workers/storage/tables/provisioning.ts';
import type { JobState } from '../../shared/job-status.ts';
import { insertWebhook } from '../../workers/storage/queries/webhooks.ts';
import { deadLetters, effects } from '../../workers/storage/tables/delivery.ts';
import { seedCalls, seedCustomers } from '../../workers/storage/queries/seed.ts';
import { saveDomain, saveIntegration } from '../../workers/storage/platform-db.ts';
import { asTenantId } from '../../workers/tenancy/directory.ts';
import type { Role } from '../../shared/permissions.ts';
import { PLATFORM_CREDENTIALS } from '../../workers/tenancy/credentials.ts';
import { openTenant, type TenantScope } from '../../workers/tenancy/scope.ts';
import { seal } from '../../workers/tenancy/seal.ts';
import { salonMasterData } from '../salon.ts';
import { breakOutbox } from '../workerd/broken-outbox.ts';
import { raiseAlarm } from '../../workers/alarms/raise.ts';
import { addUnmatched } from '../../workers/storage/queries/payments.ts';
import { dropFactor, giveFactor, givePasskey, openReset, passkeyFor } from './factors.ts';
import { heldJob } from './held-job.ts';
import type { Json } from './document.ts';
import { env, PASSWORD, PLATFORM, type SeededTenant, seedTenant, type TenantOptions, unique } from './tenants.ts';
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

/** The operator, with money of its own to give. */
export async function seedOperator(): Promise<SeededTenant> {
  const seeded = await seedTenant({ type: 'platform', role: 'super_admin' });
  const now = processNow();
  const { ledger } = openTenant(platformOf(env), seeded.tenantId, { kind: 'system', cause: 'demo' }, { now });
  ok(await ledger.putTerms({ key: `terms:${seeded.tenantId}`, terms: defaultTerms(PER_MINUTE_PLAN), now }));
  const topupId = newId('topup', now);
  const booked = { topupId, amountCents: asCents(100_000), currency: 'EUR', method: 'manual', bonus: false } as const;
  ok(await ledger.recordTopup({ key: `manual:${topupId}`, ...booked, now }));
  return seeded;
}

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

const consent: Maker = async (tenant) => {
  const input = { purpose: 'marketing', channel: 'sms', state: 'given', way: 'written', textVersion: null } as const;
  const customerId = await customer(tenant);
  const made = await recordConsent(tenant.scope, { ...input, customerId, at: null, proof: unique('Bogen') });
  if (!made.ok) throw new Error('no consent');
  return made.value.id;
};

/** An import, without its file; of a checked one the first row is a duplicate. */
const importIn =
  (state: ImportState): Maker =>
  async ({ scope }) => {
    const id = newId('import', processNow());
    const head = { headers: ['Name', 'Telefon', 'Filiale'], samples: [[], [], []] };
    const row = {
      id,
      kind: 'customers',
      state,
      fileName: unique('Kunden'),
      head,
      createdBy: 'system:contract',
    } as const;
    const duplicate = { importId: id, row: 2, outcome: 'duplicate', by: 'name', cells: [], problems: [], matches: [] };
    const rows = rowsPut(scope.db, [{ ...duplicate, createdAt: processNow() } as NewImportedRow]);
    await insertImport(scope.db, { ...row, createdAt: processNow() }, state === 'checked' ? rows : []);
    return id;
  };

const customerNote: Maker = async (tenant) => {
  const customer_id = (await customer(tenant)) as never;
  const made = await createCustomerNote(tenant.scope, { customer_id, subject: 'Farbe', text: unique('Notiz') });
  if (!made.ok) throw new Error('no note');
  return made.value.id;
};

/** Whoever is written to has an address. */
const reachable = async ({ scope }: FurnishedTenant, ids: ReadonlyMap<string, string>): Promise<void> => {
  const id = ids.get('path:id') ?? '';
  const who = sql`id = ${id} OR id IN (SELECT customer_id FROM appointments WHERE id = ${id})`;
  await scope.db.update(customers, { email: `${unique('kunde')}@mail.test` }, sql`(${who})`);
};

const pricingPlan: Maker = async (tenant) => {
  const input = pricingPlanFields.parse({ name: unique('Plan'), model: 'per_minute' });
  const made = await createPlan(tenant.scope, { ...input, id: newId('pricing_plan', processNow()) });
  if (!made.ok) throw new Error('no plan');
  return made.value.id;
};

const DRAFT = { kind: 'terms', language: 'de' } as const;

async function legalText(scope: TenantScope): Promise<string> {
  const id = newId('legal_text', processNow());
  const row = {
    id,
    kind: 'terms',
    language: 'de',
    text: '# AGB',
    publishedAt: processNow(),
    publishedBy: 'system:demo',
  } as const;
  await publishText(scope.db, row, { tenant: [], unconfirmed: [] });
  return id;
}
/** A version that holds for the tenant: of a reseller above it that nobody else hangs below. */
const ofItsReseller: Maker = async (tenant) => {
  const reseller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
  await env.DB.prepare('UPDATE tenants SET parent_id = ?2 WHERE id = ?1')
    .bind(tenant.tenantId, reseller.tenantId)
    .run();
  forgetTenant(tenant.tenantId);
  return legalText(openTenant(platformOf(env), reseller.tenantId, { kind: 'system', cause: 'demo' }));
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
  (tenant) =>
    heldJob(tenant.scope.db, state, { failed });

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
  consent,
  customer_note: customerNote,
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
  import: importIn('checked'),
  busy_source: async ({ scope, staff }) => {
    const sourceId = newId('busy_source', processNow());
    const importId = newId('import', processNow());
    const command = { now: scope.now, actor: { kind: 'system', id: 'contract' } as const, staffId: staff, importId };
    const from = Date.parse('2041-03-01T09:00:00Z') / 60_000;
    await scope.calendar.putBusyTimes({
      ...command,
      key: `${importId}:0`,
      part: 0,
      times: [[from, from + 60]],
      titles: null,
    });
    const made = await scope.calendar.replaceBusySource({
      ...command,
      key: `${importId}:end`,
      sourceId,
      name: unique('Privat'),
      times: 1,
    });
    if (!made.result.ok) throw new Error(`no busy source: ${made.result.error.code}`);
    return sourceId;
  },
  absence_request: async ({ scope, staff }) => {
    const id = newId('absence_request', processNow());
    const day = { fromDate: '2041-02-01', toDate: '2041-02-02' };
    await insertAbsence(
      scope.db,
      { id, staffId: staff, askedBy: null, kind: 'vacation', ...day, createdAt: processNow() },
      [],
    );
    return id;
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
  defect: async () => {
    const now = processNow();
    const id = newId('defect', now);
    await env.DB.prepare(
      `INSERT INTO defects (id, event, message, frames, fields, count, first_seen_at, last_seen_at, opened_at, state)
       VALUES (?1, 'defect', 'Error: contract', '[]', '{}', 1, ?2, ?2, ?2, 'open')`,
    )
      .bind(id, now)
      .run();
    return id;
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
  support_session: async (tenant) => {
    const now = processNow();
    const id = newId('support_session', now);
    await insertSupport(
      tenant.scope.db,
      {
        id,
        userId: tenant.userId,
        userName: 'Owner',
        operatorId: unique('usr'),
        operatorName: 'Olga',
        operatorSessionId: unique('ses'),
        reason: 'Rückfrage zu den Zeiten',
        startedAt: now,
        endsAt: now + 3_600_000,
      },
      null,
      { tenant: [], unconfirmed: [] },
    );
    return id;
  },
  legal_text: (tenant) => legalText(tenant.scope),
  user: async (tenant) => tenant.userId,
  role: (tenant) => ownRole(tenant),
  passkey: (tenant) => givePasskey(tenant),
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
/** The role with the least of this kind of account that works in the panel. */
const leastRole = async (scope: TenantScope): Promise<Role> =>
  (await scope.tenant())?.type === 'reseller' ? 'reseller_agent' : 'staff';
/** Somebody who has not accepted yet. */
const invited: Maker = async ({ scope }) => {
  const input = { email: `${unique('neu')}@mail.test`, name: 'Mia Neu', language: 'de' } as const;
  const made = await inviteUser(platformOf(env), scope, { ...input, role: await leastRole(scope) });
  if (!made.ok) throw new Error(made.error.code);
  return made.value.userId;
};

/** A role of the tenant's own that nobody has. */
const ownRole: Maker = async ({ scope }) => {
  const name = lettered('Rolle');
  const made = await createRole(scope, {
    name,
    description: null,
    base_role: await leastRole(scope),
    permissions: ['view_branches'],
  });
  if (!made.ok) throw new Error(made.error.code);
  return made.value.id;
};
/** One that was deleted. */
const deletedRole: Maker = async (tenant) => {
  const id = await ownRole(tenant);
  const gone = await deleteRole(tenant.scope, { id, expectedVersion: null });
  if (!gone.ok) throw new Error(gone.error.code);
  return id;
};

/** An item of master data that was removed and may be restored. */
function removed(kind: 'company' | 'branch' | 'staff' | 'service' | 'resource' | 'hours' | 'exception'): Maker {
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

/** An appointment that waits for a yes. */
const requested: Maker = async (tenant) => {
  const now = processNow();
  const id = newId('appointment', now);
  const { company, branch, service, staff } = tenant;
  ok(
    await tenant.scope.calendar.importAppointments({
      key: `contract:${id}`,
      now,
      actor: ACTOR,
      appointments: [
        {
          id,
          companyId: company,
          branchId: branch,
          customerId: await customer(tenant),
          serviceId: service,
          staffId: staff,
          startsAt: freeSlot(tenant),
          status: 'pending',
          source: 'public',
        },
      ],
    }),
  );
  await tenant.scope.calendar.flush(2_000);
  return id;
};

/** An appointment that is cancelled, and with `deleted` out of its lists. */
const cancelled =
  (isDeleted = false): Maker =>
  async (tenant) => {
    const appointmentId = await booked(tenant, freeSlot(tenant));
    const command = (verb: string) => ({
      key: `contract:${verb}:${appointmentId}`,
      now: processNow(),
      actor: ACTOR,
      appointmentId,
    });
    ok(
      await tenant.scope.calendar.cancel({
        ...command('cancel'),
        modificationId: newId('modification', processNow()),
        expectedVersion: null,
        reason: null,
        confirm: true,
        notify: false,
        backdate: false,
      }),
    );
    if (isDeleted) ok(await tenant.scope.calendar.deleteAppointment(command('delete')));
    await tenant.scope.calendar.flush(2_000);
    return appointmentId;
  };

/** A call whose recording lies with us. */
const recordedCall: Maker = async (tenant) => {
  const now = processNow();
  const callId = await call(tenant);
  const audioKey = tenant.scope.archive.audioKey(callId);
  await insertRecording(tenant.scope.db, {
    callId,
    state: 'kept',
    audioKey,
    bytes: 4,
    contentType: 'audio/wav',
    startedAt: now - 120_000,
    copiedAt: now,
    createdAt: now,
  });
  return callId;
};

/** `METHOD /path` → makers for requests that need their noun in another state than FIXTURES makes it. */
export const IN_STATE: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  // Nobody completes what is still to come.
  'POST /api/v1/appointments/{id}/{action}': { appointment: (tenant) => booked(tenant, begunSlot(tenant)) },
  'DELETE /api/v1/appointments/{id}': { appointment: cancelled() },
  'POST /api/v1/appointments/{id}/restore': { appointment: cancelled(true) },
  'POST /api/v1/appointments/bulk/confirm': { appointment: requested },
  'POST /api/v1/appointments/bulk/delete': { appointment: cancelled() },
  'POST /api/v1/appointments/bulk/undo': { appointment: cancelled(true) },
  'POST /api/v1/retell-agents/{id}/check': { retell_agent: agentAtRetell },
  'POST /api/v1/retell-agents/{id}/remove-twin': { retell_agent: agentAtRetell },
  'POST /api/v1/retell-agents/{id}/remove': { retell_agent: agentAtRetell },
  'POST /api/v1/recordings/{id}/play': { call: recordedCall },
  'GET /api/v1/recordings/{id}/audio': { call: recordedCall },
  'PUT /api/v1/imports/{id}/file': { import: importIn('empty') },
  // Whose calendar it is.
  'DELETE /api/v1/staff/{id}/busy-sources/{source_id}': { staff: async ({ staff }) => staff },
  'POST /api/v1/jobs/{id}/resume': { job: job('paused') },
  'POST /api/v1/jobs/{id}/rerun': { job: job('done', 1) },
  'POST /api/v1/objects/{tenant_id}/{kind}/skip': { tenant: stuckTenant },
  'POST /api/v1/objects/{tenant_id}/{kind}/restore': { tenant: async () => (await seedTenant()).tenantId },
  // The furnished one must go on working.
  ...Object.fromEntries(
    [
      'PATCH /api/v1/tenants/{id}',
      'POST /api/v1/tenants/{id}/{verb}',
      'POST /api/v1/tenants/{id}/support/lift-networks',
      'PUT /api/v1/tenants/{id}/companies/{company_id}/commission',
      'POST /api/v1/tenants/{id}/domains',
      'POST /api/v1/tenants/{id}/domains/{host}/check',
      'DELETE /api/v1/tenants/{id}/domains/{host}',
    ].map((label) => [label, { tenant: async () => (await seedTenant()).tenantId }]),
  ),
  // Its owner has agreed.
  'POST /api/v1/tenants/{id}/support/sessions': {
    tenant: async (tenant) => {
      await env.DB.prepare('UPDATE tenants SET support_access_until = ?1 WHERE id = ?2')
        .bind(Date.now() + 3_600_000, tenant.tenantId)
        .run();
      return tenant.tenantId;
    },
  },
  // Its only owner has something to lose, and nothing is asked for yet.
  'POST /api/v1/tenants/{id}/factor-reset': {
    tenant: async () => {
      const made = await seedTenant();
      await giveFactor(made, true);
      return made.tenantId;
    },
  },
  'DELETE /api/v1/tenants/{id}/factor-reset': {
    tenant: async () => {
      const made = await seedTenant();
      await openReset(made, false);
      return made.tenantId;
    },
  },
  'POST /api/v1/customers/bulk/restore': { customer: deleted(CUSTOMER_KIND, 'delete_customers', customer) },
  'POST /api/v1/calls/{id}/restore': { call: deleted(CALL_KIND, 'delete_calls', call) },
  'POST /api/v1/customers/{id}/restore': { customer: deleted(CUSTOMER_KIND, 'delete_customers', customer) },
  'POST /api/v1/users/{id}/invite': { user: invited },
  'POST /api/v1/roles/{id}/restore': { role: deletedRole },
  'POST /api/v1/users/{id}/second-factor/remove': {
    user: async (tenant) => {
      const userId = await colleague(tenant);
      await giveFactor({ tenantId: tenant.tenantId, userId }, true);
      return userId;
    },
  },
  'GET /api/v1/erasures': { customer: erased('requested') },
  'GET /api/v1/erasures/{id}': { customer: erased('requested') },
  'DELETE /api/v1/customers/{id}/erasure': { customer: erased('requested') },
  'POST /api/v1/customers/{id}/erasure/close': { customer: erased('erased') },
  'POST /api/v1/tags/bulk/restore': { tag: deleted(TAG_KIND, 'delete_tags', tag) },
  'POST /api/v1/notes/{id}/restore': { customer_note: deleted(CUSTOMER_NOTE_KIND, 'delete_notes', customerNote) },
  'POST /api/v1/tags/{id}/restore': { tag: deleted(TAG_KIND, 'delete_tags', tag) },
  'POST /api/v1/contracts': { legal_text: ofItsReseller },
  'POST /api/v1/pricing-plans/{id}/restore': {
    pricing_plan: deleted(PLAN_KIND, 'delete_pricing_plans', pricingPlan),
  },
  'POST /api/v1/services/{id}/restore': { service: removed('service') },
  'POST /api/v1/staff/{id}/restore': { staff: removed('staff') },
  'POST /api/v1/companies/{id}/restore': { company: removed('company') },
  'POST /api/v1/branches/{id}/restore': { branch: removed('branch') },
  'POST /api/v1/resources/{id}/restore': { resource: removed('resource') },
  'POST /api/v1/working-hours/{id}/restore': { hours: removed('hours') },
  'POST /api/v1/exceptions/{id}/restore': { exception: removed('exception') },
};

/** Settings are the instance's: each request that changes them needs a value that is not there yet. */
let settingsTried = 0;
let ratesTried = 0;

/** What a request needs beyond its schema's examples. Ids that are left out keep what the test puts there. */
interface RequestOptions {
  body?: { [member: string]: Json };
  query?: Record<string, string>;
  /** path parameters that are no ids */
  parameters?: Record<string, string>;
}

/** `METHOD /path` → what makes the owner's request succeed. `ids`: what the test will put where (`body:staff_id`). */
const HAIR = tradeKeys.services.map((service) => service.key);

const presentMonth = (): string => dateOf(processNow(), 'Europe/Berlin').slice(0, 7);

export const REQUESTS: Readonly<
  Record<string, (tenant: FurnishedTenant, ids: ReadonlyMap<string, string>) => Promise<RequestOptions>>
> = {
  // An event is accepted once under its key.
  'POST /api/v2/usage-events': async () => ({
    body: { event_type: 'sms', quantity: 1, idempotency_key: unique('job') },
  }),
  // The month that runs: a tenant has none of before it was made.
  'GET /api/billing/period/{period}': async () => ({ parameters: { period: presentMonth() } }),
  'GET /api/billing/period/{period}/download': async () => ({ parameters: { period: presentMonth() } }),
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
  // The vendors of this test answer nothing: what is entered counts at once.
  'PUT /api/v1/integrations/calcom': async () => ({ body: { when: 'now', api_key: unique('cal_test_contract') } }),
  'PUT /api/v1/integrations/retell': async () => ({ body: { when: 'now', api_key: unique('key_contract') } }),
  'PUT /api/v1/integrations/stripe': async () => ({ body: { when: 'now', secret_key: unique('sk_test_contract') } }),
  'PUT /api/v1/integrations/twilio': async () => ({ body: { when: 'now', auth_token: unique('token_contract') } }),
  'PUT /api/v1/integrations/smtp': async () => ({ body: { when: 'now', password: unique('password') } }),
  'PUT /api/v1/defect-forwarding': async () => ({ body: { dsn: `https://${unique('key')}@sentry.example.org/1` } }),
  'DELETE /api/v1/defect-forwarding': forwarding,
  'POST /api/v1/defect-forwarding/test': forwarding,
  // A service that was matched with what is not there is told of; the others are made.
  'POST /api/v2/calcom/push-event-types': async () => ({ body: { dry_run: false } }),
  'POST /api/v1/integrations/{vendor}/test': connected('stripe'),
  'POST /api/v1/integrations/{vendor}/webhook-secret': async () => ({ parameters: { vendor: 'calcom' } }),
  'DELETE /api/v1/integrations/{vendor}': connected('stripe'),
  'DELETE /api/v1/integrations/{vendor}/webhook-secret/old': connected('stripe'),
  'PUT /api/v1/legal-drafts/{kind}/{language}': async (tenant) => {
    await dropDraft(tenant.scope.db, DRAFT, { tenant: [], unconfirmed: [] });
    return { parameters: DRAFT };
  },
  'DELETE /api/v1/legal-drafts/{kind}/{language}': async (tenant) => {
    const row = { ...DRAFT, text: '# AGB', savedAt: processNow(), savedBy: 'system:demo' };
    await saveDraft(tenant.scope.db, row, 0, { tenant: [], unconfirmed: [] });
    return { parameters: DRAFT };
  },
  // Each request switches another kind off: what is off stays so.
  'POST /api/v1/inbound-events/{source}/{event_type}/switch': async () => ({
    parameters: { source: 'retell', event_type: unique('call_event') },
  }),
  'POST /api/v1/api-keys': async () => ({ body: { name: 'contract', scopes: ['view_calls'] } }),
  // The same one again changes nothing and leaves no trace.
  'PATCH /api/v1/me/preferences': async (tenant) => ({
    body: { lists: { [`list-${String(tenant.slots++)}`]: { page_size: 50 } } },
  }),
  'PATCH /api/auth/profile': async () => ({ body: { name: lettered('Inhaberin') } }),
  // The same one again: whoever comes after signs in with it.
  'POST /api/auth/password/change': async () => ({ body: { current_password: PASSWORD, password: PASSWORD } }),
  // Each leaves the factor as the next one needs it; whoever signs in meanwhile knows its secret (requests.ts).
  'POST /api/auth/second-factor': async (tenant) => {
    await dropFactor(tenant);
    return {};
  },
  'POST /api/auth/second-factor/reset/stop': async (tenant) => {
    await openReset(tenant, true);
    return {};
  },
  'POST /api/auth/second-factor/confirm': async (tenant) => ({ body: { code: await giveFactor(tenant, false) } }),
  'POST /api/auth/second-factor/recovery-codes': async (tenant) => {
    await giveFactor(tenant, true);
    return {};
  },
  'POST /api/auth/second-factor/off': async (tenant) => ({
    body: { password: PASSWORD, code: await giveFactor(tenant, true) },
  }),
  'POST /api/auth/passkeys': async (tenant) => {
    const challenge = unique('challenge');
    const place = placeOf(new URL(PLATFORM).host, false);
    await keepChallenge(platformOf(env), tenant.tenantId, challenge, subjectOf(place, tenant.userId));
    return { body: { name: 'Telefon', credential: (await passkeyFor(challenge, PLATFORM)) as unknown as Json } };
  },
  'PATCH /api/v1/api-keys/{id}': async () => ({ body: { name: unique('Website') } }),
  'POST /api/v1/users': async () => ({ body: { email: `${unique('neu')}@mail.test`, name: 'Mia Neu', role: 'staff' } }),
  'POST /api/v1/roles': async () => ({ body: { name: unique('Rolle'), base_role: 'staff' } }),
  'PATCH /api/v1/roles/{id}': async () => ({ body: { name: unique('Rolle') } }),
  'PATCH /api/v1/users/{id}': async () => ({ body: { name: 'Mia Neu', role: 'receptionist' } }),
  // Every field may be left out: an empty change would prove little.
  'POST /api/v1/companies': async () => ({ body: { name: unique('Zweigbetrieb') } }),
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
  // Each time another rate: what is so already is no change.
  'PUT /api/v1/tenants/{id}/companies/{company_id}/commission': async (_tenant, ids) => {
    const its = openTenant(platformOf(env), asTenantId(ids.get('path:id') ?? ''), { kind: 'system', cause: 'demo' });
    const company = newId('company', processNow());
    await its.calendar.putSchedule({
      key: company,
      now: processNow(),
      actor: { kind: 'system', id: 'contract' },
      kind: 'company',
      id: company,
      body: { name: 'Filialbetrieb' },
      expectedVersion: 0,
    });
    return { parameters: { company_id: company }, body: { rate_basis_points: 1 + (ratesTried++ % 9_999) } };
  },
  'PATCH /api/v1/tags/{id}': async () => ({ body: { name: unique('Stammkunde') } }),
  'POST /api/v1/retell-agents/{id}/remove-twin': async (_tenant, ids) => ({
    body: { kind: 'agent', id: twins.get(ids.get('path:id') ?? '') ?? 'agent_unknown' },
  }),
  'POST /api/v1/retell-agents/{id}/recording': async () => ({
    body: { mode: 'announced', notice: RECORDING_NOTICE_VERSION },
  }),
  // A number that the pool has already changes nothing.
  'POST /api/v1/number-pool': async () => ({
    body: { numbers: [`+4940${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`] },
  }),
  'PATCH /api/v1/retell-agents/{id}': async () => ({ body: { name: unique('Clara') } }),
  'PATCH /api/v1/phone-numbers/{id}': async () => ({ body: { published_number: '030 12345678' } }),
  'PATCH /api/v1/callback-requests/{id}': async () => ({ body: { status: 'done' } }),
  'POST /api/v1/callback-requests/{id}/attempts': async () => ({ body: { outcome: 'no_answer' } }),
  // Each request changes something: the same one again would leave no trace.
  'PATCH /api/v1/calls/{id}': async (tenant) => ({ body: { customer_id: await customer(tenant) } }),
  'POST /api/v1/customers/{id}/messages': async (tenant, ids) => {
    await reachable(tenant, ids);
    return { body: { channel: 'email', legal_class: 'service', subject: 'Ihre Jacke', text: 'Sie liegt bei uns.' } };
  },
  'POST /api/v1/appointments/{id}/reminder': async (tenant, ids) => {
    await reachable(tenant, ids);
    return { body: { channel: 'email' } };
  },
  'PATCH /api/v1/notes/{id}': async () => ({ body: { text: unique('Notiz') } }),
  'POST /api/v1/customers': async () => ({ body: { first_name: 'Max', last_name: unique('Mustermann') } }),
  'POST /api/v2/bookings': async (tenant) => ({
    body: { starts_at: toIso(freeSlot(tenant)), source: 'api' } satisfies Partial<BookRequest>,
  }),
  'POST /api/v1/imports/{id}/check': async () => ({ body: { fields: ['last_name', 'phone', null] } }),
  'POST /api/v1/absence-requests': async (tenant, ids) => ({
    body: {
      ...(ids.has('body:staff_id') ? {} : { staff_id: tenant.staff }),
      kind: 'vacation',
      from_date: '2041-03-01',
      to_date: '2041-03-02',
      from_time: null,
      to_time: null,
    },
  }),
  'POST /api/v1/absence-requests/{id}/refuse': async () => ({ body: { reason: 'Zu viele im Urlaub' } }),
  'POST /api/v1/staff/{id}/login': async () => ({ body: { email: `${unique('neu')}@mail.test`, role: 'staff' } }),
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
  'POST /api/v1/appointments/bulk/move': async () => ({ body: { days: 21 } }),
  'GET /api/v1/figures': async () => ({ query: { names: FIGURE_NAMES.join(',') } }),
  'GET /api/v1/widgets': async () => ({ query: { names: COUNTED_NAMES.slice(0, MAX_WIDGETS_ASKED).join(',') } }),
  'GET /api/v1/search': async () => ({ query: { q: 'Erika' } }),
  // A booking by staff is confirmed already.
  'POST /api/v1/appointments/{id}/{action}': async () => ({ parameters: { action: 'complete' } }),
  'PATCH /api/v2/bookings/{id}/reschedule': async (tenant) => ({
    body: { new_starts_at: toIso(freeSlot(tenant)) } satisfies RescheduleRequest,
  }),
  'POST /api/v2/availability/simple': async () => ({ body: { date: addDays(dateOf(processNow(), ZONE), 3) } }),
  'POST /api/v2/availability/composite': async () => ({ body: { date: addDays(dateOf(processNow(), ZONE), 3) } }),
  'GET /api/v1/calendar/range': async () => ({ query: { from: addDays(dateOf(processNow(), ZONE), 2) } }),
  'GET /api/v1/calendar/day': async () => ({ query: { date: addDays(dateOf(processNow(), ZONE), 2) } }),
};

/** Defects are told somewhere, which is away. */
async function forwarding(): Promise<RequestOptions> {
  const sealedApiKey = await seal(
    platformOf(env),
    PLATFORM_CREDENTIALS,
    'https://0123456789abcdef@sentry.example.org/1',
  );
  await saveIntegration(platformOf(env), { tenantId: PLATFORM_CREDENTIALS, vendor: 'sentry', sealedApiKey });
  return {};
}

/** The vendor of the path is connected, for the business or the company that the request names. */
function connected(vendor: 'stripe') {
  return async (tenant: FurnishedTenant, ids: ReadonlyMap<string, string>): Promise<RequestOptions> => {
    const { tenantId } = tenant;
    const companyId = ids.get('body:company_id') ?? ids.get('query:company_id') ?? '';
    const [sealedApiKey, sealedOldWebhookSecret] = await Promise.all(
      ['sk_test_contract', 'whsec_contract'].map((name) => seal(platformOf(env), tenantId, unique(name))),
    );
    await saveIntegration(platformOf(env), { tenantId, vendor, companyId, sealedApiKey, sealedOldWebhookSecret });
    return { parameters: { vendor } };
  };
}

/** A host name of the tenant in the path that waits for its proof. */
async function claimed(ids: ReadonlyMap<string, string>): Promise<string> {
  const host = `${unique('www')}.example.org`;
  const tenantId = asTenantId(ids.get('path:id') ?? '');
  await saveDomain(platformOf(env), { tenantId, host, status: 'pending', proof: 'proof', createdAt: processNow() });
  return host;
}

/** Routes of the platform's operator: everybody else's key and session are refused, the operator's are driven like an owner's. */
export const isOperators = (path: string): boolean =>
  /^\/api\/v1\/(crons|settings|alarms|objects|sealed-values|queues|inbound-webhooks|inbound-events|shards|uptime|logs|defects|defect-forwarding|live-checks|unmatched-payments|parked-work|tenant-jobs|tenants|number-pool)(\/|$)/.test(
    path,
  );

/** Routes of whoever has tenants below: tested between two resellers, because a business has no permission to them. */
export const isSellers = (path: string): boolean =>
  /^\/api\/v1\/(pricing-plans|legal-drafts|legal-texts|signup-settings)(\/|$)/.test(path);

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
export const OWNER_MAY_FAIL: Readonly<Record<string, { status: number; because: string }>> = Object.fromEntries([
  ['GET /api/v1/recordings/{id}/audio', { status: 404, because: 'its token is given to who pressed play' }],
  ...[
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
    'GET /api/v1/sealed-values',
    'POST /api/v1/sealed-values/reseal',
    'GET /api/v1/unmatched-payments',
    'POST /api/v1/unmatched-payments/{tenant_id}/{id}/match',
    'POST /api/v1/unmatched-payments/{tenant_id}/{id}/ignore',
    'GET /api/v1/parked-work',
    'GET /api/v1/parked-work/{tenant_id}/{id}',
    'GET /api/v1/queues',
    'GET /api/v1/shards',
    'GET /api/v1/inbound-webhooks',
    'GET /api/v1/inbound-webhooks/{tenant_id}/{id}',
    'POST /api/v1/inbound-webhooks/{tenant_id}/{id}/replay',
    'GET /api/v1/inbound-events',
    'POST /api/v1/inbound-events/{source}/{event_type}/switch',
    'GET /api/v1/uptime',
    'GET /api/v1/logs',
    'GET /api/v1/defects',
    'GET /api/v1/defect-forwarding',
    'PUT /api/v1/defect-forwarding',
    'DELETE /api/v1/defect-forwarding',
    'POST /api/v1/defect-forwarding/test',
    'POST /api/v1/defects/{id}/settle',
    'GET /api/v1/live-checks',
    'POST /api/v1/live-checks/{name}/run',
    'POST /api/v1/parked-work/{tenant_id}/{id}/replay',
    'POST /api/v1/parked-work/{tenant_id}/{id}/settle',
    'GET /api/v1/tenant-jobs',
    'GET /api/v1/tenant-jobs/{tenant_id}/{id}/items',
    'POST /api/v1/tenant-jobs/{tenant_id}/{id}/{action}',
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
    'GET /api/v1/tenants/{id}/contracts',
    'GET /api/v1/tenants/{id}/limits',
    'GET /api/v1/tenants/{id}/companies',
    'GET /api/v1/tenants/{id}/transfers',
    'POST /api/v1/tenants/{id}/transfers',
    'PUT /api/v1/tenants/{id}/companies/{company_id}/commission',
    'GET /api/v1/tenants/{id}/domains',
    'POST /api/v1/tenants/{id}/domains',
    'POST /api/v1/tenants/{id}/domains/{host}/check',
    'DELETE /api/v1/tenants/{id}/domains/{host}',
    'GET /api/v1/tenants/{id}/support',
    'POST /api/v1/tenants/{id}/support/sessions',
    'POST /api/v1/tenants/{id}/support/lift-networks',
    'GET /api/v1/tenants/{id}/factor-reset',
    'POST /api/v1/tenants/{id}/factor-reset',
    'DELETE /api/v1/tenants/{id}/factor-reset',
  ].map((label): [string, { status: number; because: string }] => [
    label,
    { status: 403, because: 'they are the operator’s, some a reseller’s too' },
  ]),
  [
    'POST /api/v1/security/support-session/end',
    { status: 404, because: 'the owner’s own session is none of the support' },
  ],
]);
