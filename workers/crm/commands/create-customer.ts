/** A new customer with lines and words, known to the calendar object so that booking needs no D1. Called by the resource and by customers.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { CustomerSource } from '../../../shared/contract/customers.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { insertItem } from '../../resources/items.ts';
import { customerInsert, type CustomerRow } from '../../storage/queries/customers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { unknownTag } from '../queries/known-tags.ts';
import { tagsPut } from '../../storage/queries/tags.ts';
import { CUSTOMER_KIND, type Line } from '../customer-kind.ts';

interface NewCustomer {
  /** made by the caller: the same id again is the same customer */
  id: string;
  /** keyed hash of where the person came from (tenancy/caller-keys.ts): the same one again is the same person */
  origin?: string;
  companyId?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  /** lower case */
  email?: string | null;
  language?: Language | null;
  vip?: boolean;
  notes?: string | null;
  source: CustomerSource;
  /** epoch ms of the first sign of life, where there was one */
  lastActivityAt?: number | null;
  /** tags of the tenant */
  tagIds?: readonly string[];
  /** the first one is the primary line */
  lines: readonly Line[];
  /** the network or somebody of the business shows whose lines they are; false: somebody only said so */
  confirmed: boolean;
}

/**
 * Creates a customer (journey `lead`). `created: false`: the id or the origin is taken; `customer` is then who has the id, null when that one was
 * deleted or another one has the origin.
 * Refusals: PERMISSION_DENIED, NOT_FOUND (a tag).
 */
export async function createCustomer(
  scope: TenantScope,
  input: NewCustomer,
): Promise<Result<{ created: boolean; customer: CustomerRow | null }>> {
  const refused = permissionRefusal(scope.actor, 'create_customers');
  if (refused) return refused;
  const { lines, confirmed, tagIds = [], ...columns } = input;
  const unknown = await unknownTag(scope, tagIds);
  if (unknown) return unknown;
  const { id, origin: _origin, ...given } = columns;
  const done = await insertItem(scope, CUSTOMER_KIND, {
    id,
    writes: [
      ...customerInsert(scope.db, { ...columns, createdAt: scope.now, updatedAt: scope.now }, lines, confirmed),
      ...(tagIds.length === 0 ? [] : tagsPut(scope.db, id, tagIds)),
    ],
    after: {
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)),
      ...(tagIds.length === 0 ? {} : { tags: tagIds }),
      ...(lines.length === 0 ? {} : { phones: lines.map((line) => line.e164) }),
    },
  });
  if (done.row !== null) await scope.calendar.registerCustomers({ customerIds: [id], now: scope.now });
  return ok({ created: done.created, customer: done.row });
}
