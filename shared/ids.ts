/** Type-prefixed, time-sortable ids. Made by the caller where possible: the id is the idempotency key. */

declare const brand: unique symbol;
export type Id<P extends string> = string & { readonly [brand]: P };

/**
 * An id of this kind, or text whose kind nobody has said (a row of SQLite, a vendor's metadata). What is known to be the id of something
 * else is refused by the compiler: a customer's id where an appointment's belongs.
 */
export type IdOrText<P extends string> = string & { readonly [brand]?: P };

export type TenantId = Id<'ten'>;
export type EntryId = Id<'ent'>;
export type TopupId = Id<'top'>;

/** Every prefix in use with the noun it stands for; `x-id-of` in the OpenAPI document uses the nouns. */
export const ID_PREFIXES = {
  tenant: 'ten',
  company: 'com',
  branch: 'bra',
  staff: 'stf',
  service: 'srv',
  segment: 'seg',
  resource: 'res',
  hours: 'hrs',
  exception: 'exc',
  absence_request: 'abs',
  customer: 'cus',
  tag: 'tag',
  consent: 'cst',
  customer_note: 'cno',
  import: 'imp',
  busy_source: 'bsy',
  appointment: 'apt',
  hold: 'hld',
  modification: 'mod',
  note: 'nte',
  conflict: 'cnf',
  entry: 'ent',
  topup: 'top',
  transfer: 'trf',
  user: 'usr',
  role: 'rol',
  api_key: 'key',
  notification: 'ntf',
  effect: 'eff',
  webhook_log: 'whl',
  callback_request: 'cbr',
  callback_attempt: 'cba',
  audit: 'aud',
  usage_event: 'use',
  session: 'ses',
  account: 'acc',
  verification: 'ver',
  account_link: 'alk',
  factor_reset: 'frs',
  passkey: 'pky',
  job: 'job',
  cron_run: 'run',
  alarm: 'alm',
  pricing_plan: 'pln',
  retell_agent: 'agt',
  phone_number: 'num',
  pool_number: 'pno',
  test_call: 'tcl',
  support_session: 'sup',
  legal_text: 'lgl',
  signup: 'sgn',
  defect: 'dfc',
  log_line: 'lin',
} as const;
export type Noun = keyof typeof ID_PREFIXES;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford base32, lower case: sortable, no look-alikes

/**
 * A new id: prefix, 9 characters of the millisecond clock, 11 of randomness (55 bits).
 * @param now epoch milliseconds; @param random returns n cryptographically random bytes
 */
export function newId<N extends Noun>(
  noun: N,
  now: number,
  random: (n: number) => Uint8Array = secureRandom,
): Id<(typeof ID_PREFIXES)[N]> {
  let time = '';
  let rest = Math.max(0, Math.trunc(now));
  for (let i = 0; i < 9; i++) {
    time = (ALPHABET[rest % 32] ?? '0') + time;
    rest = Math.floor(rest / 32);
  }
  return `${ID_PREFIXES[noun]}_${time}${lettersOf(random(11))}` as Id<(typeof ID_PREFIXES)[N]>;
}

/** The first n bytes of a hash, for ids that follow from their cause. @param hash hex */
export const bytesOfHash =
  (hash: string) =>
  (n: number): Uint8Array =>
    Uint8Array.from({ length: n }, (_, i) => Number.parseInt(hash.slice(i * 2, i * 2 + 2), 16));

/** One letter of the alphabet for the low five bits of each byte. */
const lettersOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => ALPHABET[byte & 31] ?? '0').join('');

function secureRandom(n: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(n));
}

/** Ids are opaque: any 1..128 characters of a safe alphabet are accepted from outside and compared as text. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/;

/**
 * A call that the owner made to try the agent (docs/set-up.md). It says so by its id, because the id goes everywhere the call goes: into
 * its row, its appointment, their events and a rebuild. Only our own driver can open one (telephony/verify.ts).
 */
export const isTestCall = (callId: string | null | undefined): boolean =>
  callId?.startsWith(`${ID_PREFIXES.test_call}_`) === true;
