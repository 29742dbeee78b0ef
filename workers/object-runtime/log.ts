/** The runtime's log lines: what a person must see is an alarm, what mends itself an error. Called by the object runtime's parts. */

/** @param fields ids and states only, never names, numbers or texts */
export function logRuntime(level: 'alarm' | 'error', event: string, fields: Record<string, unknown>): void {
  console.error(JSON.stringify({ channel: 'app', level, event, ...fields }));
}
