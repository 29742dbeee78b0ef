/** Where customers are listed, found and changed: rows of the tenant. Loaded with the first request by customers.resource.ts. */
import type { Customer, CustomerFields } from '../../shared/contract/customers.ts';
import { fullName } from '../../shared/full-name.ts';
import { newId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import { d1Backing } from '../resources/d1-backing.ts';
import type { ChangeInput } from '../resources/items.ts';
import {
  type Belongings,
  belongingsBeside,
  belongingsOf,
  customerList,
  type CustomerRow,
  withoutHidden,
} from '../storage/queries/customers.ts';
import { customersReached } from '../storage/queries/reach.ts';
import type { ShownRow } from '../storage/resource-list.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { createCustomer } from './commands/create-customer.ts';
import { deleteCustomer } from './commands/delete-customer.ts';
import { restoreCustomer } from './commands/restore-customer.ts';
import { updateCustomer } from './commands/update-customer.ts';
import type { Line } from './customer-kind.ts';
import { readLines, searchByEmail, searchByPhone, searchByTag, searchByText } from '../tenancy/search-customers.ts';

const NOTHING: Belongings = { phones: [], tags: [] };

const view = (stored: CustomerRow, belongings: Belongings | undefined): Customer => {
  const row = withoutHidden(stored);
  return viewOf(row, row.deletionRequestedAt === null ? (belongings ?? NOTHING) : NOTHING);
};

const viewOf = (row: CustomerRow, { phones, tags }: Belongings): Customer => ({
  id: row.id,
  name: fullName(row),
  first_name: row.firstName,
  last_name: row.lastName,
  email: row.email,
  phones,
  language: row.language,
  is_vip: row.vip,
  journey_status: row.journeyStatus,
  source: row.source,
  notes: row.notes,
  tags,
  last_activity_at: isoOrNull(row.lastActivityAt),
  created_at: toIso(row.createdAt),
  version: row.version,
  deleted_at: isoOrNull(row.deletedAt),
  archived_at: isoOrNull(row.archivedAt),
  deletion_requested_at: isoOrNull(row.deletionRequestedAt),
  erased_at: isoOrNull(row.erasedAt),
});

async function views(scope: TenantScope, rows: readonly ShownRow<CustomerRow>[]): Promise<Customer[]> {
  const ids = rows.filter((row) => row.beside === undefined).map((row) => row.id);
  const [belongings, { staff: own }] = await Promise.all([belongingsOf(scope.db, ids), scope.reached()]);
  const shown = rows.map((row) => view(row, belongingsBeside(row) ?? belongings.get(row.id)));
  // Name, number and notes are what serving somebody needs.
  return own === null ? shown : shown.map((one) => ({ ...one, email: null, source: '' }));
}

const columns = (input: CustomerFields) => ({
  ...(input.first_name === undefined ? {} : { firstName: input.first_name }),
  ...(input.last_name === undefined ? {} : { lastName: input.last_name }),
  ...(input.email === undefined ? {} : { email: input.email?.toLowerCase() ?? null }),
  ...(input.language === undefined ? {} : { language: input.language }),
  ...(input.is_vip === undefined ? {} : { vip: input.is_vip }),
  ...(input.notes === undefined ? {} : { notes: input.notes }),
  ...(input.tag_ids === undefined ? {} : { tagIds: input.tag_ids }),
});

const required = (field: string) => err({ code: 'VALIDATION_ERROR' as const, errors: { [field]: ['required'] } });

/** Numbers as lines. Refuses (VALIDATION_ERROR) the ones that cannot be a person's line, by name. */
async function linesOf(scope: TenantScope, phones: readonly string[]): Promise<Result<Line[]>> {
  const { lines, wrong } = await readLines(scope, phones);
  return wrong.length === 0 ? ok(lines) : err({ code: 'VALIDATION_ERROR', errors: { phones: wrong } });
}

async function create(scope: TenantScope, input: CustomerFields): Promise<Result<CustomerRow>> {
  if (!input.first_name && !input.last_name && !input.email && !input.phones?.length) return required('last_name');
  const lines = await linesOf(scope, input.phones ?? []);
  if (!lines.ok) return lines;
  const made = await createCustomer(scope, {
    id: newId('customer', scope.now),
    ...columns(input),
    source: scope.actor.kind === 'api_key' ? 'api' : 'admin',
    lines: lines.value,
    confirmed: true,
  });
  if (!made.ok) return made;
  return made.value.customer === null ? err({ code: 'NOT_FOUND', entity: 'customer' }) : ok(made.value.customer);
}

export const customersBacking = d1Backing({
  noun: 'customer',
  source: customerList,
  lookups: { q: searchByText, phone: searchByPhone, email: searchByEmail, tag: searchByTag },
  views,
  only: async (scope) => customersReached(await scope.reached(), scope.now),
  commands: {
    create,
    async update(scope, { input, ...which }: ChangeInput & { input: CustomerFields }) {
      const lines = input.phones === undefined ? undefined : await linesOf(scope, input.phones);
      if (lines?.ok === false) return lines;
      return updateCustomer(scope, {
        ...which,
        change: { ...columns(input), ...(lines === undefined ? {} : { lines: lines.value }) },
      });
    },
    remove: deleteCustomer,
    restore: restoreCustomer,
  },
});
