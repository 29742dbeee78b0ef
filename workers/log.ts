/** The one way to a log line: JSON on one line, the same members everywhere, faults without what they say of people. */
import { loggable } from '../shared/loggable-fault.ts';

/** `alarm` wakes somebody; `error` failed and somebody retries or answers; `warn` was handled; `info` is the course of things. */
export type LogLevel = 'alarm' | 'error' | 'warn' | 'info';

export interface LogFields {
  /** where the line belongs; default `app` */
  channel?: 'app' | 'payments';
  tenantId?: string | undefined;
  requestId?: string | undefined;
  /** whatever was thrown; `loggable` masks it */
  fault?: unknown;
  /** ids, names of ours, numbers and states: never names, numbers or texts of people */
  [member: string]: unknown;
}

/** Writes one line. @param event in the past, with underscores (`webhook_set_aside`): what searches and alarms go by */
export function log(
  level: LogLevel,
  event: string,
  { channel = 'app', tenantId, requestId, fault, ...more }: LogFields = {},
): void {
  const line = JSON.stringify({
    channel,
    level,
    event,
    request_id: requestId,
    tenant_id: tenantId,
    ...more,
    ...(fault === undefined ? {} : loggable(fault)),
  });
  if (level === 'alarm' || level === 'error') console.error(line);
  else console.warn(line);
}
