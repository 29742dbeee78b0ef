/**
 * The one way to a log line: JSON on one line, the same members everywhere, faults without what they say of people. What an operator may look
 * for later waits here in memory until it is kept (storage/log-lines.ts); nobody who answers a request waits for that.
 */
import { processNow } from '../shared/clock.ts';
import { loggable, type LoggableFault } from '../shared/loggable-fault.ts';
import type { LogChannel } from '../shared/watch-status.ts';

/** `alarm` wakes somebody; `error` failed and somebody retries or answers; `warn` was handled; `info` is the course of things. */
type LogLevel = 'alarm' | 'error' | 'warn' | 'info';

interface LogFields {
  /** where the line belongs; default `app` */
  channel?: LogChannel;
  tenantId?: string | undefined;
  requestId?: string | undefined;
  /** whatever was thrown; `loggable` masks it */
  fault?: unknown;
  /** ids, names of ours, numbers and states: never names, numbers or texts of people */
  [member: string]: unknown;
}

/** A line that waits to be kept. */
export interface WaitingLine {
  at: number;
  channel: LogChannel;
  level: LogLevel;
  event: string;
  requestId: string | null;
  tenantId: string | null;
  fields: Record<string, unknown>;
  /** nobody expected it: it counts as a defect */
  defect: LoggableFault | null;
}

/** Lines that wait in this isolate; what comes beyond is counted and left out. */
const MAX_WAITING_LINES = 1_000;

let waiting: WaitingLine[] = [];
let left = 0;

/** Puts a line aside to be kept, without writing it to the console. */
export function keepLine(line: Omit<WaitingLine, 'defect'> & { defect?: WaitingLine['defect'] }): void {
  if (waiting.length >= MAX_WAITING_LINES) left++;
  else waiting.push({ defect: null, ...line });
}

/** How many lines wait, and the instant of the oldest; null: none does. */
export const waitingLines = (): { lines: number; since: number | null } => ({
  lines: waiting.length,
  since: waiting[0]?.at ?? null,
});

/** Takes all that wait, and how many were left out since the last time. */
export function takeLines(): { lines: WaitingLine[]; left: number } {
  const taken = { lines: waiting, left };
  waiting = [];
  left = 0;
  return taken;
}

/** A fault of the world says so of itself: an object that is overloaded or restarts. */
const isWorlds = (fault: unknown): boolean => {
  const durable = fault as { overloaded?: boolean; retryable?: boolean };
  return durable.overloaded === true || durable.retryable === true;
};

/** Writes one line. @param event in the past, with underscores (`webhook_set_aside`): what searches and alarms go by */
export function log(
  level: LogLevel,
  event: string,
  { channel = 'app', tenantId, requestId, fault, ...more }: LogFields = {},
): void {
  const said = fault === undefined ? null : loggable(fault);
  const line = JSON.stringify({
    channel,
    level,
    event,
    request_id: requestId,
    tenant_id: tenantId,
    ...more,
    ...said,
  });
  const isDefect = level === 'error' && fault instanceof Error && !isWorlds(fault);
  keepLine({
    at: processNow(),
    channel,
    level,
    event,
    requestId: requestId ?? null,
    tenantId: tenantId ?? null,
    fields: { ...more, ...said },
    defect: isDefect ? said : null,
  });
  if (level === 'alarm' || level === 'error') console.error(line);
  else console.warn(line);
}
