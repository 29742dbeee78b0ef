/** The functions the phone agent may call: path segments of `/api/retell/{name}`. Apart from dispatch.ts, so that routes need not load the grammar. */
export const FUNCTION_NAMES = [
  'check-customer',
  'send-code',
  'check-code',
  'check-availability',
  'collect-appointment',
  'book-appointment',
  'reschedule-appointment',
  'cancel-appointment',
  'list-appointments',
  'list-services',
  'opening-hours',
  'request-callback',
  'no-recording',
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];
