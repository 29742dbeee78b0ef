/**
 * A fault as a log line may carry it: no bound values of a query, no phone numbers, no addresses. Pure; called wherever something that
 * was thrown is logged.
 */

const MAX_LOGGED = 500;
const MAX_FRAMES = 8;
/** Seven digits and more, however they are grouped: shorter ones are codes, ports and status. */
const LONG_NUMBER = /\+?\d(?:[\s/().-]{0,2}\d){6,}/g;
const ADDRESS = /[^\s@<>"']{1,64}@[^\s@<>"']{1,255}/g;

export interface LoggableFault {
  error: string;
  cause?: string;
  frames?: string[];
}

/** Text without what Drizzle appends to a failed query (`params: …`: names, numbers, e-mails), and without numbers and addresses elsewhere. */
export const withoutPersonal = (text: string): string =>
  (text.split(/\bparams:/)[0] ?? '').trim().slice(0, MAX_LOGGED).replace(ADDRESS, '…@…').replace(LONG_NUMBER, '…');

/** Message, cause and code frames of whatever was thrown. */
export function loggable(fault: unknown): LoggableFault {
  if (!(fault instanceof Error)) return { error: withoutPersonal(String(fault)) };
  const frames = (fault.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim());
  return {
    error: withoutPersonal(`${fault.name}: ${fault.message}`),
    ...(fault.cause instanceof Error ? { cause: withoutPersonal(fault.cause.message) } : {}),
    ...(frames.length > 0 ? { frames } : {}),
  };
}
