/** Somebody of the team writes down what a customer agreed to, or no longer does. Called by the resource. */
import { causerOf, permissionRefusal } from '../../../../shared/actor.ts';
import type { Instant } from '../../../../shared/clock.ts';
import { newId } from '../../../../shared/ids.ts';
import type { ConsentPurpose, ConsentState, ConsentWay } from '../../../../shared/message-sets.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import { auditWrites } from '../../../identity/audit.ts';
import { type Channel, consentById, type ConsentRow, consentWrites } from '../../../storage/queries/consents.ts';
import { customerRow } from '../../../storage/queries/customers.ts';
import { isCustomerReached } from '../../../storage/queries/reach.ts';
import type { TenantScope } from '../../../tenancy/scope.ts';
import { CUSTOMER_KIND } from '../../customer-kind.ts';

export interface ConsentInput {
  customerId: string;
  purpose: ConsentPurpose;
  channel: Channel;
  state: ConsentState;
  way: ConsentWay;
  textVersion: string | null;
  /** when it was given or withdrawn; null: now */
  at: Instant | null;
  proof: string | null;
}

/** Clocks of clients run ahead by a little. */
const AHEAD_MS = 60_000;

/** Refusals: PERMISSION_DENIED, NOT_FOUND (the customer), VALIDATION_ERROR (`at` in the future). */
export async function recordConsent(scope: TenantScope, input: ConsentInput): Promise<Result<ConsentRow>> {
  const refused = permissionRefusal(scope.actor, 'create_consents');
  if (refused) return refused;
  const { customerId, purpose, channel, state } = input;
  const [isReached, customer] = await Promise.all([
    scope.reached().then((reached) => isCustomerReached(scope.db, customerId, reached, scope.now)),
    customerRow(scope.db, customerId),
  ]);
  if (!isReached || customer === null) return err({ code: 'NOT_FOUND', entity: 'customer' });
  const at = input.at ?? scope.now;
  if (at > scope.now + AHEAD_MS) return err({ code: 'VALIDATION_ERROR', errors: { at: ['not in the future'] } });
  const id = newId('consent', scope.now);
  const row = { ...input, id, at, recordedBy: causerOf(scope.actor), createdAt: scope.now };
  await scope.db.batch([
    ...consentWrites(scope.db, [row]),
    ...auditWrites(scope, {
      log: CUSTOMER_KIND.log,
      description: `customer.consent_${state}`,
      subjectType: 'customer',
      subjectId: customerId,
      after: { purpose, channel, state, way: input.way, at, text_version: input.textVersion },
    }),
  ]);
  const stored = await consentById(scope.db, id);
  return stored === null ? err({ code: 'NOT_FOUND', entity: 'consent' }) : ok(stored);
}
