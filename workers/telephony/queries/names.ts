/** What is shown beside calls and call backs: names by id, read once for a page. Called by calls.ts and callbacks.ts. */
import { fullName } from '../../../shared/full-name.ts';
import { customersByIds, type PersonBeside } from '../../storage/queries/customers.ts';
import { besideOf } from '../../storage/resource-list.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Names of branches may be a minute old in a list. */
const NAMES_MAX_AGE_MS = 60_000;

/** A row of somebody, with their names where its list has read them. */
interface PersonRow {
  customerId: string | null;
  beside?: string | null;
}

export interface Beside {
  customers: ReadonlyMap<string, string | null>;
  branches: ReadonlyMap<string, { name: string; timeZone: string }>;
  currency: string;
}

/** Names of people and branches beside rows, and the currency of rows that have none. */
export async function beside(scope: TenantScope, rows: readonly PersonRow[]): Promise<Beside> {
  const read = new Map<string, string | null>();
  const unread: string[] = [];
  for (const row of rows) {
    if (row.customerId === null) continue;
    const known = besideOf<{ person: PersonBeside }>(row);
    if (known === undefined) unread.push(row.customerId);
    else if (known.person !== null) {
      const [firstName, lastName] = known.person;
      read.set(row.customerId, fullName({ firstName, lastName }));
    }
  }
  const [people, schedule, tenant] = await Promise.all([
    customersByIds(scope.db, unread),
    scope.calendar.schedule({ maxAgeMs: NAMES_MAX_AGE_MS }),
    scope.tenant(),
  ]);
  const branches = schedule.result.ok ? schedule.result.value.branches : [];
  return {
    customers: new Map([...read, ...people.map((person) => [person.id, fullName(person)] as const)]),
    branches: new Map(
      branches.map((branch) => [branch.id, { name: branch.body.name, timeZone: branch.body.timeZone }]),
    ),
    currency: tenant?.currency ?? 'EUR',
  };
}

/** The person of a row, null where nobody is known or they are gone. */
export const customerOf = (row: { customerId: string | null }, { customers }: Beside) =>
  row.customerId !== null && customers.has(row.customerId)
    ? { id: row.customerId, name: customers.get(row.customerId) ?? null }
    : null;
