/**
 * Rows of a tenant of a given size, written into the files of a local D1 and of its ledger object: a million through the entry points would
 * take the day. Entries are made by the ledger's own rule and stored by its own store, so that its chain holds. Called by large-tenant.ts.
 */
import { appointmentRow } from '../../tests/appointment-row.ts';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { asInstant } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { asMicros } from '../../shared/money.ts';
import { nameEntries, nameKey } from '../../shared/name-words.ts';
import { DAY } from '../../shared/time.ts';
import { entryRow } from '../../workers/ledger/projects.ts';
import { type Draft, post } from '../../workers/ledger/rules/post.ts';
import { postings } from '../../workers/ledger/rules/spend.ts';
import { sqlStore } from '../../workers/ledger/schema.ts';
import { canonicalJson, sha256Hex } from '../../workers/object-runtime/hash.ts';
import { memoryStorage } from '../../workers/object-runtime/sql.fixture.ts';
import { appointments } from '../../workers/storage/tables/calendar.ts';
import { callbackRequests, calls } from '../../workers/storage/tables/calls.ts';
import { customerPhones, customers, customerTags, customerWords } from '../../workers/storage/tables/crm.ts';
import { webhookLogs } from '../../workers/storage/tables/delivery.ts';
import { auditLog } from '../../workers/storage/tables/identity.ts';
import { ledgerEntries } from '../../workers/storage/tables/ledger.ts';
import { notifications } from '../../workers/storage/tables/notifications.ts';
import { SALON_SERVICES, SALON_STAFF } from '../demo-data/tenants.ts';
import { customerId, personOf } from './people.ts';

/** How many rows of each kind. */
export const KINDS = [
  'customers',
  'appointments',
  'calls',
  'callbacks',
  'activity',
  'notifications',
  'webhooks',
  'entries',
] as const;
export type Size = Readonly<Record<(typeof KINDS)[number], number>>;
export const LARGE: Size = {
  customers: 100_000,
  appointments: 300_000,
  calls: 200_000,
  callbacks: 20_000,
  activity: 200_000,
  notifications: 200_000,
  webhooks: 100_000,
  entries: 1_000_000,
};
/** Some hundreds of each: more than a filter looks at, so that both tenants meet the same bounds. */
export const SMALL: Size = {
  customers: 900,
  appointments: 950,
  calls: 950,
  callbacks: 900,
  activity: 950,
  notifications: 950,
  webhooks: 950,
  entries: 950,
};

/** Rows of one transaction: what an interruption may cost. */
const CHUNK = 10_000;
const SPAN = 730 * DAY;
/** Rows of a kind with the value that hardly any has, in either tenant. */
const RARE = 40;
export const TAG = 'tag_prove';
/** Customers with the tag at most: in either tenant more than a look-up reads. */
const TAGGED = 10_000;
const COST_MICROS = 100_000;

const appointmentId = (n: number): string => `apt_${String(n).padStart(9, '0')}`;
export const callId = (n: number): string => `call_${String(n).padStart(9, '0')}`;
export const phoneOf = (n: number): string => `+4930${String(10_000_000 + n)}`;
export const emailOf = (n: number): string => `person${n}@example.test`;
export const RARE_EVENT = 'customer.created';

type Row = Record<string, unknown>;

/** Inserts rows of a table, members named as in its declaration; what is left out gets the column's default. */
function inserter(db: DatabaseSync, table: SQLiteTable): (row: Row) => void {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => column.generated === undefined);
  const statement = db.prepare(
    `INSERT INTO ${getTableName(table)} (${columns.map(([, column]) => column.name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  return (row) => {
    const values = columns.map(([key, column]): SQLInputValue => {
      const value = row[key] ?? row[column.name] ?? column.default ?? null;
      return value === null ? null : (column.mapToDriverValue(value) as SQLInputValue);
    });
    statement.run(...values);
  };
}

/** One row, typed by its table. */
const of = <T extends SQLiteTable>(_table: T, row: T['$inferInsert']): T['$inferInsert'] => row;

/** The files of a state folder that `isWanted` says yes to. */
function sqliteFiles(folder: string, isWanted: (db: DatabaseSync) => boolean): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sqlite') && entry.name !== 'metadata.sqlite')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const db = new DatabaseSync(file, { readOnly: true });
      try {
        return isWanted(db);
      } finally {
        db.close();
      }
    });
}
const hasTable = (db: DatabaseSync, name: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;

function only(files: readonly string[], what: string): string {
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Error(`expected one file: ${what}, found ${files.length}`);
  return file;
}

/** The file of the control plane's D1, which is the only shard of a local server's tenants unless it says otherwise. */
export const databaseFile = (folder: string, tenant: TenantId): string =>
  only(
    sqliteFiles(
      folder,
      (db) => hasTable(db, 'tenants') && db.prepare('SELECT 1 FROM tenants WHERE id = ?').get(tenant) !== undefined,
    ),
    'D1',
  );
const ledgerFile = (folder: string, tenant: TenantId): string =>
  only(
    sqliteFiles(
      folder,
      (db) =>
        hasTable(db, '_identity') &&
        db.prepare("SELECT 1 FROM _identity WHERE kind = 'ledger' AND tenant_id = ?").get(tenant) !== undefined,
    ),
    `ledger of ${tenant}`,
  );

/** What is done, kept between runs. */
export interface Filled {
  /** the newest instant of all rows, epoch ms */
  base: number;
  done: Record<string, number>;
}

/** Fills the files of a stopped server up to the size. @param save called after each transaction */
export function fillTenant(folder: string, tenantId: TenantId, size: Size, filled: Filled, save: () => void): void {
  const db = new DatabaseSync(databaseFile(folder, tenantId));
  db.exec('PRAGMA synchronous = OFF');
  const { base } = filled;
  const at = (n: number, count: number): number => base - (count - 1 - n) * Math.floor(SPAN / count);
  const isRare = (n: number, count: number): boolean => n % Math.floor(count / RARE) === 0;
  const put = {
    customer: inserter(db, customers),
    word: inserter(db, customerWords),
    phone: inserter(db, customerPhones),
    tag: inserter(db, customerTags),
    appointment: inserter(db, appointments),
    call: inserter(db, calls),
    callback: inserter(db, callbackRequests),
    audit: inserter(db, auditLog),
    notification: inserter(db, notifications),
    webhook: inserter(db, webhookLogs),
    entry: inserter(db, ledgerEntries),
  };
  const company = 'com_salon_schoen';
  const branchOf = (n: number): string => (n % 5 === 0 ? 'bra_prenzlberg' : 'bra_mitte');
  const makers: Record<Exclude<(typeof KINDS)[number], 'entries'>, (n: number, count: number) => void> = {
    customers(n, count) {
      const { first, last } = personOf(n);
      const name = { firstName: first, lastName: last };
      const createdAt = at(n, count);
      const id = customerId(n);
      put.customer(
        of(customers, {
          tenantId,
          id,
          companyId: company,
          ...name,
          email: emailOf(n),
          vip: isRare(n, count),
          journeyStatus: isRare(n + 1, count) ? 'at_risk' : 'customer',
          source: 'import',
          lastActivityAt: n % 3 === 0 ? null : createdAt,
          createdAt,
          updatedAt: createdAt,
          nameKey: nameKey(name),
        }),
      );
      for (const word of nameEntries(name)) put.word(of(customerWords, { tenantId, word, customerId: id }));
      put.phone(of(customerPhones, { tenantId, e164: phoneOf(n), customerId: id, createdAt }));
      if (n % Math.ceil(count / TAGGED) === 0) put.tag(of(customerTags, { tenantId, customerId: id, tagId: TAG }));
    },
    appointments(n, count) {
      const startsAt = at(n, count) + 30 * DAY;
      const isAhead = startsAt > base;
      put.appointment(
        of(appointments, {
          tenantId,
          ...appointmentRow({
            id: appointmentId(n),
            companyId: company,
            branchId: branchOf(n),
            customerId: customerId(n % size.customers),
            serviceId: SALON_SERVICES[n % SALON_SERVICES.length]?.id ?? '',
            staffId: SALON_STAFF[n % SALON_STAFF.length]?.id ?? '',
            startsAt,
            endsAt: startsAt + 1_800_000,
            status: isRare(n, count) ? 'no_show' : isAhead ? 'confirmed' : 'completed',
            source: 'phone_ai',
            priceCents: 3_000,
            createdByKind: 'user',
            createdById: 'usr_prove',
            createdAt: at(n, count),
            updatedAt: at(n, count),
            seq: n + 1,
          }),
        }),
      );
    },
    calls(n, count) {
      const startedAt = at(n, count);
      put.call(
        of(calls, {
          tenantId,
          id: callId(n),
          companyId: company,
          branchId: branchOf(n),
          customerId: customerId(n % size.customers),
          appointmentId: n % 3 === 0 ? appointmentId(n) : null,
          agentId: 'agent_prove',
          direction: 'inbound',
          fromNumber: phoneOf(n % size.customers),
          toNumber: '+493099990000',
          status: isRare(n, count) ? 'ended' : 'analyzed',
          startedAt,
          endedAt: startedAt + 90_000,
          durationMs: 90_000,
          language: 'de',
          transcript: '[{"role":"agent","text":"Guten Tag, was kann ich für Sie tun?","at":0}]',
          summary: 'Ein Termin wurde vereinbart.',
          sentiment: isRare(n + 1, count) ? 'negative' : 'positive',
          successful: true,
          knowledge: {},
          openedAt: startedAt,
          updatedAt: startedAt,
        }),
      );
    },
    callbacks(n, count) {
      put.callback(
        of(callbackRequests, {
          tenantId,
          id: `cbk_${String(n).padStart(9, '0')}`,
          kind: 'callback',
          status: isRare(n, count) ? 'open' : 'done',
          callId: callId(n % size.calls),
          customerId: customerId(n % size.customers),
          branchId: branchOf(n),
          phone: phoneOf(n % size.customers),
          name: 'Anna Müller',
          reason: 'Bittet um Rückruf.',
          createdAt: at(n, count),
          doneAt: isRare(n, count) ? null : at(n, count) + 60_000,
        }),
      );
    },
    activity(n, count) {
      put.audit(
        of(auditLog, {
          tenantId,
          id: `aud_${String(n).padStart(9, '0')}`,
          log: isRare(n, count) ? 'customers' : 'appointments',
          description: isRare(n, count) ? RARE_EVENT : 'appointment.booked',
          subjectType: isRare(n, count) ? 'customer' : 'appointment',
          subjectId: isRare(n, count) ? customerId(n % size.customers) : appointmentId(n % size.appointments),
          causerType: 'user',
          causerId: 'usr_prove',
          fields: ['starts_at'],
          createdAt: at(n, count),
        }),
      );
    },
    notifications(n, count) {
      const createdAt = at(n, count);
      put.notification(
        of(notifications, {
          tenantId,
          id: `ntf_${String(n).padStart(9, '0')}`,
          eventType: 'appointment.booked',
          channel: 'sms',
          recipient: phoneOf(n % size.customers),
          language: 'de',
          customerId: customerId(n % size.customers),
          appointmentId: appointmentId(n % size.appointments),
          data: '{}',
          dedupeKey: `prove:${n}`,
          status: isRare(n, count) ? 'failed' : 'delivered',
          scheduledAt: createdAt,
          expiresAt: createdAt + DAY,
          sentAt: createdAt,
          createdAt,
        }),
      );
    },
    webhooks(n, count) {
      put.webhook(
        of(webhookLogs, {
          tenantId,
          id: `whk_${String(n).padStart(9, '0')}`,
          source: isRare(n + 1, count) ? 'stripe' : 'retell',
          eventType: 'call_ended',
          uniqueId: `prove:${n}`,
          state: isRare(n, count) ? 'failed' : 'processed',
          receivedAt: at(n, count),
          processedAt: at(n, count),
        }),
      );
    },
  };
  const doneOf = (kind: string): number => filled.done[`${tenantId} ${kind}`] ?? 0;
  const chunk = (kind: (typeof KINDS)[number], work: (from: number, to: number) => void): void => {
    const count = size[kind];
    while (doneOf(kind) < count) {
      const to = Math.min(count, doneOf(kind) + CHUNK);
      db.exec('BEGIN');
      work(doneOf(kind), to);
      db.exec('COMMIT');
      filled.done[`${tenantId} ${kind}`] = to;
      save();
      if (to % 100_000 === 0) console.log(`${kind}: ${to} rows`);
    }
  };
  for (const [kind, make] of Object.entries(makers) as [keyof typeof makers, (n: number, count: number) => void][])
    chunk(kind, (from, to) => {
      for (let n = from; n < to; n++) make(n, size[kind]);
    });

  const file = memoryStorage(ledgerFile(folder, tenantId));
  file.sql.exec('PRAGMA synchronous = OFF');
  const store = sqlStore(file.sql, { epoch: () => 1, previousHeadHash: () => null, wakeAt: () => undefined });
  const every = Math.floor(size.entries / (5 * RARE));
  const tools = { hash: sha256Hex, canonical: canonicalJson };
  chunk('entries', (from, to) => {
    file.transactionSync(() => {
      const opened = store.book();
      if (opened?.book.seq !== from)
        throw new Error(`the ledger of ${tenantId} holds ${opened?.book.seq} entries, not ${from}`);
      let { book } = opened;
      for (let n = from; n < to; n++) {
        const now = asInstant(at(n, size.entries));
        const made = post(book, [draftOf(n, every, size, now)], { key: `prove:${n}`, now, ...tools });
        book = made.book;
        store.addEntries(made.entries);
        for (const entry of made.entries) {
          if (entry.amountMicros < 0) store.addSpent(entry.createdAt, asMicros(-entry.amountMicros));
          put.entry({ tenantId, ...entryRow(entry, { epoch: 1, seq: n + 1 }) });
        }
      }
      store.saveBook(book, opened.thresholds);
    });
  });
  file.close();
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

/** Every so many a top-up that pays for what is charged until the next one. */
function draftOf(n: number, every: number, size: Size, occurredAt: Draft['occurredAt']): Draft {
  if (n % every === 0) {
    const paid = every * COST_MICROS;
    return {
      type: 'topup',
      postings: postings(['prepaid', paid], ['cash', -paid]),
      descriptionKey: 'ledger.topup.stripe',
      refs: { referenceType: 'topup', referenceId: `top_prove_${n}` },
      occurredAt,
    };
  }
  const isFee = n % 10 === 1;
  return {
    type: isFee ? 'appointment_fee' : 'call_cost',
    postings: postings(['prepaid', -COST_MICROS], ['usage_revenue', COST_MICROS]),
    descriptionKey: isFee ? 'ledger.appointment_fee.appointment' : 'ledger.call_cost.voice_minute',
    exactMicros: asMicros(COST_MICROS),
    refs: {
      referenceType: isFee ? 'appointment' : 'call',
      referenceId: isFee ? appointmentId(n % size.appointments) : callId(n % size.calls),
      companyId: 'com_salon_schoen',
    },
    occurredAt,
  };
}
