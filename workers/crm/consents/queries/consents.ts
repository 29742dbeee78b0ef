/** Consents as they are shown, and what of them counts now. Called by the consents' resource and routes. */
import { permissionRefusal } from '../../../../shared/actor.ts';
import type { Consent, ConsentStanding } from '../../../../shared/contract/consents.ts';
import { CONSENT_PURPOSES } from '../../../../shared/message-sets.ts';
import { NOTIFICATION_CHANNELS } from '../../../../shared/notification-status.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../../shared/time.ts';
import { standing } from '../../../notifications/rules/may-send.ts';
import { type ConsentRow, newestConsents, stopsOf } from '../../../storage/queries/consents.ts';
import { customerRow, phonesOf } from '../../../storage/queries/customers.ts';
import { isCustomerReached } from '../../../storage/queries/reach.ts';
import { addressKey } from '../../../tenancy/caller-keys.ts';
import type { TenantScope } from '../../../tenancy/scope.ts';

const USER = 'user:';
const userOf = ({ recordedBy }: ConsentRow): string | null =>
  recordedBy.startsWith(USER) ? (recordedBy.slice(USER.length).split('~')[0] ?? null) : null;

/** Rows with the names of who wrote them down. */
export async function viewsOfConsents(scope: TenantScope, rows: readonly ConsentRow[]): Promise<Consent[]> {
  const users = [...new Set(rows.flatMap((row) => userOf(row) ?? []))];
  const names = users.length === 0 ? new Map<string, string>() : await scope.recentNamesOfUsers(users);
  return rows.map((row) => ({
    id: row.id,
    customer_id: row.customerId,
    purpose: row.purpose,
    channel: row.channel,
    state: row.state,
    text_version: row.textVersion,
    at: toIso(row.at),
    way: row.way,
    proof: row.proof,
    recorded_by_name: names.get(userOf(row) ?? '') ?? null,
    created_at: toIso(row.createdAt),
  }));
}

/** Each purpose on each channel. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function standingConsents(scope: TenantScope, id: string): Promise<Result<ConsentStanding[]>> {
  const refused = permissionRefusal(scope.actor, 'view_consents');
  if (refused) return refused;
  const [isReached, customer, rows, lines] = await Promise.all([
    scope.reached().then((reached) => isCustomerReached(scope.db, id, reached, scope.now)),
    customerRow(scope.db, id),
    newestConsents(scope.db, id),
    phonesOf(scope.db, [id]),
  ]);
  if (!isReached || customer === null) return err({ code: 'NOT_FOUND', entity: 'customer' });
  // The line that messages go to, as `customerById` chooses it.
  const addresses = { sms: lines[0]?.e164 ?? null, email: customer.email };
  const hashes = NOTIFICATION_CHANNELS.flatMap((channel) => {
    const address = addresses[channel];
    return address === null ? [] : [{ channel, hash: addressKey(scope, channel, address) }];
  });
  const stops = await stopsOf(
    scope.db,
    hashes.map(({ hash }) => hash),
  );
  return ok(
    CONSENT_PURPOSES.flatMap((purpose) =>
      NOTIFICATION_CHANNELS.map((channel) => {
        const consent = rows.find((row) => row.purpose === purpose && row.channel === channel) ?? null;
        const hash = hashes.find((one) => one.channel === channel)?.hash;
        const stoppedAt =
          stops.find((stop) => stop.channel === channel && stop.purpose === purpose && stop.addressHash === hash)
            ?.stoppedAt ?? null;
        // The address said stop after whatever was said by this customer.
        const isStopped = stoppedAt !== null && (consent === null || stoppedAt > consent.at);
        return {
          purpose,
          channel,
          state: standing({ consent, stoppedAt }),
          at: isoOrNull(isStopped ? stoppedAt : consent?.at),
          way: isStopped ? null : (consent?.way ?? null),
        };
      }),
    ),
  );
}
