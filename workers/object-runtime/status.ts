/** What an object says of itself to cron, health and runbooks. Called by the object runtime. */
import type { TenantId } from '../../shared/ids.ts';
import type { Alarms } from './alarms.ts';
import type { SinkState } from './drain.ts';
import type { Delivery } from './delivery.ts';
import type { Head } from './events.ts';
import type { IdentityRow } from './identity.ts';
import type { Outbox, Skip } from './outbox.ts';

export interface RuntimeStatus {
  tenantId: TenantId | null;
  head: Head;
  /** why commands are refused: D1 knows a later history */
  behind: string | null;
  restoring: boolean;
  /** false: the file is of newer code */
  writable: boolean;
  /** events that have not reached a sink, by its name */
  waiting: Record<string, number>;
  sinks: SinkState[];
  /** events at which sinks stand until a person acts */
  stuck: { sink: string; seq: number | null; type: string | null; error: string | null }[];
  /** events that a person let pass, youngest first */
  skipped: Skip[];
  /** of the object's own file */
  bytes: number;
  /** real ms */
  alarmAt: number | null;
  previousHeadHash: string | null;
}

export function statusOf(parts: {
  identity: IdentityRow;
  outbox: Outbox;
  delivery: Delivery;
  alarms: Alarms;
  writable: boolean;
  bytes: number;
}): RuntimeStatus {
  const { identity, outbox, delivery, alarms, writable, bytes } = parts;
  const own = identity.present;
  const sinks = own ? delivery.states() : [];
  return {
    tenantId: own?.tenantId ?? null,
    head: identity.head(),
    behind: own?.behind ?? null,
    restoring: own?.restoring ?? false,
    writable,
    waiting: Object.fromEntries(sinks.map((sink) => [sink.name, outbox.countAfter(sink.cursor)])),
    sinks,
    stuck: sinks
      .filter(({ stopped }) => stopped)
      .map(({ name, cursor, lastError }) => {
        const seq = outbox.nextAfter(cursor);
        return { sink: name, seq, type: seq === null ? null : (outbox.stubAt(seq)?.type ?? null), error: lastError };
      }),
    skipped: own ? outbox.skips() : [],
    bytes,
    alarmAt: alarms.armedAt,
    previousHeadHash: own?.previousHeadHash ?? null,
  };
}
