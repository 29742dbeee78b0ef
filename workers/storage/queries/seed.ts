/** Bulk rows of demo data: customers with their line, past calls. Called by development/seed.ts only. */
import { eq } from 'drizzle-orm';
import { callbackAttempts, callbackRequests, callSteps, calls } from '../tables/calls.ts';
import { controlOf } from '../control-plane.ts';
import { customerNotes, customerPhones, customers, erasures, tags } from '../tables/crm.ts';
import { agents, businessNumbers, poolNumbers } from '../tables/provisioning.ts';
import { notifications } from '../tables/notifications.ts';
import type { TenantDb } from '../tenant-db.ts';
import { consentWrites, type NewConsent } from './consents.ts';
import type { NewNotification } from './notifications.ts';
import { nameColumns, wordsPut } from './customers.ts';
import { tagsPut } from './tags.ts';

export interface NewSeedCustomer {
  id: string;
  companyId: string;
  firstName: string;
  lastName: string;
  email: string | null;
  /** E.164 */
  phone: string | null;
  language: string;
  vip: boolean;
  journeyStatus: (typeof customers.$inferInsert)['journeyStatus'];
  createdAt: number;
  /** tags that were written before */
  tagIds?: readonly string[];
}

export interface NewSeedTag {
  id: string;
  name: string;
  createdAt: number;
}

/** A customer of whom only the id is left. */
export interface NewSeedErasure {
  id: string;
  companyId: string;
  requestedBy: string;
  requestedAt: number;
  erasedAt: number;
  counts: Record<string, number>;
  /** uids of bookings that somebody still has to delete at Cal.com */
  leftAtCalcom: string[];
}

export type NewSeedCall = Omit<typeof calls.$inferInsert, 'tenantId' | 'openedAt' | 'updatedAt' | 'knowledge'> & {
  /** what the agent did in it */
  steps?: readonly Omit<typeof callSteps.$inferInsert, 'tenantId' | 'callId'>[];
};

export type NewSeedCallback = Omit<typeof callbackRequests.$inferInsert, 'tenantId'> & {
  attempts?: readonly Omit<typeof callbackAttempts.$inferInsert, 'tenantId' | 'callbackId'>[];
};

/** What people wrote and agreed to, and what they were told. */
export interface NewSeedCustomerPage {
  notes: Omit<typeof customerNotes.$inferInsert, 'tenantId'>[];
  consents: NewConsent[];
  messages: NewNotification[];
}

/** Writes of one D1 batch. */
const BATCH = 50;

export async function seedCustomers(db: TenantDb, rows: readonly NewSeedCustomer[], now: number): Promise<void> {
  for (let i = 0; i < rows.length; i += BATCH) {
    await db.batch(
      rows.slice(i, i + BATCH).flatMap(({ phone, tagIds = [], ...row }) => [
        db.upsertOf(customers, { ...row, ...nameColumns(row), source: 'import', updatedAt: now }, [customers.id], {
          updatedAt: now,
        }),
        ...wordsPut(db, row.id, row),
        ...(tagIds.length === 0 ? [] : tagsPut(db, row.id, tagIds)),
        ...(phone
          ? [
              db.upsertOf(
                customerPhones,
                { e164: phone, extension: '', customerId: row.id, createdAt: row.createdAt },
                [customerPhones.e164, customerPhones.extension, customerPhones.customerId],
                { customerId: row.id },
              ),
            ]
          : []),
      ]),
    );
  }
}

export const seedErasure = (db: TenantDb, given: NewSeedErasure): Promise<unknown> => {
  const { id, companyId, requestedAt, erasedAt, ...more } = given;
  return db.batch([
    db.upsertOf(
      customers,
      {
        id,
        companyId,
        ...nameColumns({}),
        source: 'import',
        createdAt: requestedAt,
        updatedAt: erasedAt,
        deletedAt: requestedAt,
        archivedAt: erasedAt,
        deletionRequestedAt: requestedAt,
        erasedAt,
      },
      [customers.id],
      { updatedAt: erasedAt },
    ),
    db.upsertOf(
      erasures,
      {
        id,
        ...more,
        state: 'erased',
        reason: 'asked_for_at_once',
        requestedAt,
        dueAt: requestedAt,
        runs: 1,
        erasedAt,
      },
      [erasures.id],
      { erasedAt },
    ),
  ]);
};

export const seedTags = (db: TenantDb, rows: readonly NewSeedTag[], now: number): Promise<unknown> =>
  db.batch(rows.map((row) => db.upsertOf(tags, { ...row, updatedAt: now }, [tags.id], { updatedAt: now })));

/** Rows that are there stay as somebody has changed them since. */
export async function seedCustomerPage(db: TenantDb, given: NewSeedCustomerPage): Promise<void> {
  const writes = [
    ...given.notes.map((row) => db.insertIfNewOf(customerNotes, row)),
    ...consentWrites(db, given.consents),
    ...given.messages.map((row) => db.insertIfNewOf(notifications, row)),
  ];
  for (let i = 0; i < writes.length; i += BATCH) await db.batch(writes.slice(i, i + BATCH));
}

export async function seedCalls(db: TenantDb, rows: readonly NewSeedCall[], now: number): Promise<void> {
  for (let i = 0; i < rows.length; i += BATCH) {
    await db.batch(
      rows.slice(i, i + BATCH).flatMap(({ steps = [], ...row }) => [
        db.upsertOf(calls, { ...row, knowledge: {}, openedAt: row.startedAt, updatedAt: now }, [calls.id], {
          updatedAt: now,
        }),
        ...steps.map((step) => db.insertIfNewOf(callSteps, { ...step, callId: row.id })),
      ]),
    );
  }
}

/** One that somebody has worked on since stays as it is. */
export const seedCallbacks = (db: TenantDb, rows: readonly NewSeedCallback[]): Promise<unknown> =>
  db.batch(
    rows.flatMap(({ attempts = [], ...row }) => [
      db.insertIfNewOf(callbackRequests, row),
      ...attempts.map((attempt) => db.insertIfNewOf(callbackAttempts, { ...attempt, callbackId: row.id })),
    ]),
  );

/** What the ledger answered for a past call, as the live path keeps it on the row. */
export async function seedCallMoney(
  db: TenantDb,
  callId: string,
  answered: { chargedCents: number; currency: string; money: Record<string, unknown> },
): Promise<void> {
  await db.update(calls, { chargeState: 'captured', heldCents: 0, ...answered }, eq(calls.id, callId));
}

export interface NewSeedProvisioning {
  agents: Omit<typeof agents.$inferInsert, 'tenantId' | 'updatedAt' | 'differences' | 'twins'>[];
  numbers: Omit<typeof businessNumbers.$inferInsert, 'tenantId' | 'updatedAt'>[];
  /** of the platform: of which country, and which of the numbers above each is */
  pool: { id: string; e164: string; country: string; numberId: string | null; createdAt: number }[];
}

/** Agents, numbers and what of the pool they came from; those that are there stay. */
export async function seedProvisioning(db: TenantDb, rows: NewSeedProvisioning, now: number): Promise<void> {
  await db.batch([
    ...rows.agents.map((row) => db.insertIfNewOf(agents, { ...row, differences: [], twins: [], updatedAt: now })),
    ...rows.numbers.map((row) => db.insertIfNewOf(businessNumbers, { ...row, updatedAt: now })),
  ]);
  for (const { numberId, ...row } of rows.pool)
    await controlOf(db)
      .insert(poolNumbers)
      .values({
        ...row,
        terminationUri: 'sip.demo-carrier.test',
        transport: 'TLS',
        state: numberId === null ? 'free' : 'claimed',
        claimedBy: numberId === null ? null : db.tenantId,
        numberId,
        claimedAt: numberId === null ? null : row.createdAt,
      })
      .onConflictDoNothing();
}
