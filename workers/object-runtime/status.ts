/** What an object says of itself to cron, health and runbooks. Called by the object runtime. */
import type { TenantId } from '../../shared/ids.ts';
import type { Alarms } from './alarms.ts';
import type { SinkState } from './drain.ts';
import type { Delivery } from './delivery.ts';
import type { Head } from './events.ts';
import type { IdentityRow } from './identity.ts';
import type { Outbox } from './outbox.ts';

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
}): RuntimeStatus {
  const { identity, outbox, delivery, alarms, writable } = parts;
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
    alarmAt: alarms.armedAt,
    previousHeadHash: own?.previousHeadHash ?? null,
  };
}
