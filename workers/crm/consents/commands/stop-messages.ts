/**
 * Somebody says stop: by a word of an SMS, or by the link of a message. It counts from this very moment on, for the customers on that
 * address and for the address itself, whoever has it later. Called by notifications/commands/hear-reply.ts and tenancy/stop-page.ts.
 */
import { causerOf } from '../../../../shared/actor.ts';
import { bytesOfHash, newId } from '../../../../shared/ids.ts';
import type { ConsentPurpose, ConsentWay } from '../../../../shared/message-sets.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import { auditWrites } from '../../../identity/audit.ts';
import { sha256Hex } from '../../../object-runtime/hash.ts';
import { type Channel, consentWrites, stopWrites } from '../../../storage/queries/consents.ts';
import type { TenantScope } from '../../../tenancy/scope.ts';
import { CUSTOMER_KIND } from '../../customer-kind.ts';

export interface Stop {
  channel: Channel;
  /** keyed (tenancy/caller-keys.ts) */
  addressHash: string;
  purposes: readonly ConsentPurpose[];
  /** whose address it is now; nobody's is stopped all the same */
  customerIds: readonly string[];
  way: Extract<ConsentWay, 'stop_word' | 'link'>;
  /** what brought it: the message's id at the provider, the link's hash. The same again adds nothing */
  cause: string;
  /** words of ours, for the proof */
  proof: string;
}

/**
 * No permission: whoever holds the number or the link may always say no. Repeated, it changes nothing.
 * Refusals: none.
 */
export async function stopMessages(scope: TenantScope, stop: Stop): Promise<Result<{ customers: number }>> {
  const { channel, addressHash, purposes, customerIds, way, cause } = stop;
  const rows = customerIds.flatMap((customerId) =>
    purposes.map((purpose) => ({
      id: newId('consent', 0, bytesOfHash(sha256Hex(`${way}\u0000${cause}\u0000${customerId}\u0000${purpose}`))),
      customerId,
      purpose,
      channel,
      state: 'withdrawn' as const,
      textVersion: null,
      at: scope.now,
      way,
      proof: stop.proof,
      recordedBy: causerOf(scope.actor),
      createdAt: scope.now,
    })),
  );
  await scope.db.batch([
    ...stopWrites(scope.db, { channel, addressHash, purposes, at: scope.now }),
    ...consentWrites(scope.db, rows),
    ...customerIds.flatMap((customerId) =>
      auditWrites(scope, {
        log: CUSTOMER_KIND.log,
        description: 'customer.consent_withdrawn',
        subjectType: 'customer',
        subjectId: customerId,
        causer: `customer:${customerId}`,
        after: { purposes: purposes.join(' '), channel, way },
      }),
    ),
  ]);
  return ok({ customers: customerIds.length });
}
