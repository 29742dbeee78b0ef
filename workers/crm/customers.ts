/**
 * Finding a person by line, name or e-mail, and creating a customer when none is found. Called by telephony, calendar sync and imports
 * with the tenant's scope. Ids are random; where somebody came from is a keyed hash of its own, so that concurrent calls of one unknown
 * person make one customer.
 */
import type { CustomerSource } from '../../shared/contract/customers.ts';
import { newId } from '../../shared/ids.ts';
import { fullName, splitName } from '../../shared/full-name.ts';
import { lazy } from '../../shared/lazy.ts';
import { sameName } from '../../shared/person-names.ts';
import type { Language } from '../../shared/i18n/language.ts';
import {
  customerOfOrigin,
  type CustomerRow,
  customersByEmail,
  customersByPhone,
} from '../storage/queries/customers.ts';
import { originKey } from '../tenancy/caller-keys.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { createCustomer as create } from './commands/create-customer.ts';
import { updateCustomer } from './commands/update-customer.ts';
import type { Line } from './customer-kind.ts';

export type { Line } from './customer-kind.ts';

interface CustomerRequest {
  /** E.164, or as said and written (then `country` reads it) */
  phone?: string | null;
  extension?: string | null;
  email?: string | null;
  name?: string | null;
  language?: Language | null;
  companyId?: string | null;
  /** ISO country of the branch, for numbers without a prefix (DE) */
  country?: string;
  source: CustomerSource;
}

/** Loaded when a number is read: the tables of all countries' numbers are large. */
const phone = lazy(() => import('../../shared/phone.ts'));

/** A person removed and calling again gets a new row; more than this many are never made from one line and name. */
const MAX_GENERATIONS = 4;

/** Whose line it is: one person, several (ask for the name), or none known. */
type Found =
  | { kind: 'one'; customer: CustomerRow }
  | { kind: 'several'; customers: CustomerRow[] }
  | { kind: 'none'; others: CustomerRow[] };

/** Everybody on a line, narrowed by a name where one is given. A known line with another name is another person. */
async function findByLine(scope: TenantScope, line: Line, name: string | null): Promise<Found> {
  return narrow(await customersByPhone(scope.db, line.e164, line.extension), name);
}

/** The same decision over rows already read: pure. */
function narrow(customers: readonly CustomerRow[], name: string | null): Found {
  const [first, ...others] = customers;
  if (!first) return { kind: 'none', others: [] };
  if (name === null) {
    return others.length === 0 ? { kind: 'one', customer: first } : { kind: 'several', customers: [...customers] };
  }
  const matching = customers.filter((customer) => {
    const known = fullName(customer);
    return (
      known !== null && (sameName(known, name) || (customer.firstName !== null && sameName(customer.firstName, name)))
    );
  });
  const [match, ...more] = matching;
  if (match) return more.length === 0 ? { kind: 'one', customer: match } : { kind: 'several', customers: matching };
  const nameless = customers.find((customer) => fullName(customer) === null);
  return nameless ? { kind: 'one', customer: nameless } : { kind: 'none', others: [...customers] };
}

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');

/**
 * Makes the customer (journey `lead`) and registers it with the calendar object, so that booking needs no D1.
 * @param confirmed the network or a member of staff confirms whose line it is; false: somebody only said so
 */
export async function createCustomer(
  scope: TenantScope,
  request: CustomerRequest,
  line: Line | null,
  distinguish: string | null,
  confirmed = true,
): Promise<CustomerRow> {
  const seed =
    line !== null
      ? `line:${line.e164};${line.extension};${distinguish === null ? '' : plain(distinguish)}`
      : `email:${request.email ?? crypto.randomUUID()}`;
  for (let generation = 0; generation < MAX_GENERATIONS; generation++) {
    const origin = originKey(scope, `${seed}\u0000${generation}`);
    const made = await create(scope, {
      id: newId('customer', scope.now),
      origin,
      companyId: request.companyId ?? null,
      ...splitName(request.name),
      email: request.email?.trim().toLowerCase() ?? null,
      language: request.language ?? null,
      source: request.source,
      lastActivityAt: scope.now,
      lines: line === null ? [] : [line],
      confirmed,
    });
    if (!made.ok) throw new Error(`defect: a customer was refused: ${made.error.code}`);
    const customer = made.value.customer ?? (await customerOfOrigin(scope.db, origin));
    // There is somebody who was deleted: the next generation is for the person who calls again.
    if (customer !== null && customer.deletedAt === null) return customer;
  }
  throw new Error('defect: no free origin for a customer');
}

/** Writes a name onto a customer that has none; the first name given stays. */
export async function nameCustomer(
  scope: TenantScope,
  customer: CustomerRow,
  name: string | null,
): Promise<CustomerRow> {
  if (name === null || fullName(customer) !== null) return customer;
  const split = splitName(name);
  if (split.firstName === null && split.lastName === null) return customer;
  const { id, version } = customer;
  const named = await updateCustomer(scope, { id, expectedVersion: version, change: split });
  return named.ok ? named.value : customer;
}

/**
 * The customer of a line or e-mail address, created where none is known. Several people on one line and no name to distinguish them:
 * the longest known one. Answers an id that the calendar object knows.
 */
export async function findOrCreateCustomer(
  scope: TenantScope,
  request: CustomerRequest,
): Promise<{ id: string; created: boolean }> {
  const line = await lineOf(request);
  const name = request.name?.trim() ? request.name.trim() : null;
  let others: CustomerRow[] = [];
  if (line !== null) {
    const found = await findByLine(scope, line, name);
    const known = found.kind === 'one' ? found.customer : found.kind === 'several' ? found.customers[0] : undefined;
    if (known) {
      await nameCustomer(scope, known, name);
      return { id: known.id, created: false };
    }
    others = found.kind === 'none' ? found.others : [];
  }
  const email = request.email?.trim().toLowerCase() ?? null;
  if (email !== null) {
    const known = (await customersByEmail(scope.db, email))[0];
    if (known) return { id: known.id, created: false };
  }
  // What was typed on a public page is only said.
  const confirmed = request.source !== 'calcom' && request.source !== 'public';
  const made = await createCustomer(scope, { ...request, email }, line, others.length > 0 ? name : null, confirmed);
  return { id: made.id, created: true };
}

/** The line a wanted person is on; null when the number is missing or identifies no person (switchboard, service number, withheld). */
async function lineOf(request: Pick<CustomerRequest, 'phone' | 'extension' | 'country'>): Promise<Line | null> {
  if (!request.phone) return null;
  const { readPhone } = await phone();
  const reading = readPhone(request.phone, { country: request.country ?? 'DE' });
  if (reading.e164 === null || reading.action !== 'match') return null;
  return { e164: reading.e164, extension: request.extension ?? reading.extension ?? '' };
}
