/**
 * What is asked before and after going live: each part of the platform and each vendor once, by the cheapest question that only a real one
 * answers. A check never throws and changes nothing outside but a mail to whoever asks. Called by commands/run-live-check.ts.
 */
import { z } from 'zod';
import journal from '../../migrations/meta/_journal.json' with { type: 'json' };
import { fromBase64 } from '../../shared/base64.ts';
import { processNow, realNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { withoutPersonal } from '../../shared/loggable-fault.ts';
import { toIso } from '../../shared/time.ts';
import type { Vendor } from '../../shared/vendors.ts';
import type { LiveCheck, LiveResult } from '../../shared/watch-status.ts';
import { bindingsOf, type Platform, type QueueMessage } from '../env.ts';
import { issuerLacks } from '../instance/issuer.ts';
import { systemSettings } from '../instance/settings.ts';
import { txtRecords } from '../integrations/dns.ts';
import { vendorBases } from '../integrations/base-urls.ts';
import { calcomMe, stripeBalance, twilioStatus } from '../integrations/connection-test.ts';
import { findAgents } from '../integrations/retell-agents.ts';
import { sendMail } from '../integrations/smtp.ts';
import { callVendor, type VendorFault, type VendorOptions } from '../integrations/vendor-call.ts';
import { PLATFORM_TENANT } from '../jobs/world.ts';
import { objectFor } from '../object-runtime/place.ts';
import { databaseAnswers } from '../storage/queries/health.ts';
import { lastInbound } from '../storage/queries/inbound.ts';
import { appliedMigrations, probedQueues } from '../storage/queries/watch.ts';
import { type Credential, opened, platformCredential, settingOf } from '../tenancy/credentials.ts';
import { calcomBase, relayOf, twilioAccount } from '../tenancy/vendor-configs.ts';

export interface CheckOutcome {
  result: LiveResult;
  /** code-like: the page's catalogue says what to do */
  code: string;
  detail: Record<string, string | number | null>;
}

/** Who asked: the mail goes there. */
export interface Asker {
  email: string;
  productName: string;
}

type Check = (platform: Platform, asker: Asker) => Promise<CheckOutcome>;

const well = (code = 'well', detail: CheckOutcome['detail'] = {}): CheckOutcome => ({ result: 'well', code, detail });
const partly = (code: string, detail: CheckOutcome['detail'] = {}): CheckOutcome => ({
  result: 'partly',
  code,
  detail,
});
const failed = (code: string, detail: CheckOutcome['detail'] = {}): CheckOutcome => ({
  result: 'failed',
  code,
  detail,
});

// ---------------------------------------------------------------- the platform itself

const NEEDED = [
  'DB',
  'DIRECTORY',
  'ARCHIVE',
  'QUEUE_HIGH',
  'QUEUE_MEDIUM',
  'QUEUE_LOW',
  'CALENDAR',
  'LEDGER',
  'RATE_GATE',
  'PRESENCE',
] as const;

/** Everything that the configuration binds is there and answers. */
const bindings: Check = async (platform) => {
  const env = bindingsOf(platform);
  const missing = NEEDED.filter((name) => env[name] === undefined);
  if (missing.length > 0) return failed('missing', { names: missing.join(', ') });
  const rule = { name: 'live-check', limit: 1, windowMs: 1_000 };
  const asked = {
    DB: databaseAnswers(platform),
    DIRECTORY: env.DIRECTORY.get('health'),
    ARCHIVE: env.ARCHIVE.head('health'),
    RATE_GATE: objectFor(env.RATE_GATE, 'health', !platform.development).take(rule, realNow()),
  };
  const names = Object.keys(asked);
  const answers = await Promise.allSettled(Object.values(asked));
  const silent = names.filter((_name, n) => answers[n]?.status === 'rejected');
  return silent.length > 0 ? failed('silent', { names: silent.join(', ') }) : well('well', { count: NEEDED.length });
};

/** D1 has the migration that this build was made with. */
const migrations: Check = async (platform) => {
  const head = `${journal.entries.at(-1)?.tag ?? ''}.sql`;
  const applied = await appliedMigrations(platform);
  const newest = applied[0] ?? null;
  if (applied.includes(head)) return newest === head ? well('well', { head }) : well('ahead', { head, newest });
  return failed('behind', { head, newest });
};

/** A text is written to R2, read and removed. */
const storage: Check = async (platform) => {
  const archive = bindingsOf(platform).ARCHIVE;
  const key = `live-checks/${crypto.randomUUID()}`;
  const text = toIso(processNow());
  await archive.put(key, text);
  const read = await (await archive.get(key))?.text();
  await archive.delete(key);
  return read === text ? well() : failed('differs');
};

/** Time that a message may take through a queue; consumers wait five seconds for a full batch. */
const QUEUE_MS = 12_000;
const LOOK_EVERY_MS = 400;

/** A message goes into each queue and comes out at its consumer. */
const queues: Check = async (platform) => {
  const { QUEUE_HIGH, QUEUE_MEDIUM, QUEUE_LOW } = bindingsOf(platform);
  const id = newId('log_line', processNow());
  const message: QueueMessage = { kind: 'probe', id, tenantId: PLATFORM_TENANT };
  await Promise.all([QUEUE_HIGH, QUEUE_MEDIUM, QUEUE_LOW].map((queue) => queue.send(message)));
  const until = realNow() + QUEUE_MS;
  for (;;) {
    const came = await probedQueues(platform, id);
    if (came.length >= 3) return well('well', { queues: came.sort().join(', ') });
    if (realNow() > until) return failed('lost', { came: came.length });
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
};

/** Bytes of a key, and different ones among them: a typed or repeated one has few. */
const KEY_BYTES = 32;
const LEAST_DISTINCT = 16;

/** What seals credentials was drawn at random, and no demo value signs. */
const masterKey: Check = async ({ config }) => {
  if (config.MASTER_KEY === undefined) return failed('missing');
  const keys = config.MASTER_KEY.split(';').map((part) => fromBase64(part.trim().replace(/^\d+:/, '')));
  if (!keys.every((key) => key?.length === KEY_BYTES && new Set(key).size >= LEAST_DISTINCT)) return failed('weak');
  // Several while keys are being rotated: the old ones should go some day.
  return keys.length > 1 ? partly('rotating', { keys: keys.length }) : well();
};

/** What a receipt must name is there. */
const issuer: Check = async (platform) => {
  const { issuer: profile } = await systemSettings(platform);
  const missing = issuerLacks(profile);
  return missing.length === 0 ? well() : failed('incomplete', { lacks: missing.join(', ') });
};

// ---------------------------------------------------------------- vendors

const vendorOf = ({ config }: Platform, baseUrl: string): VendorOptions => ({
  baseUrl,
  timeoutMs: config.VENDOR_TIMEOUT_MS,
});

/**
 * Asks with the credential that calls use: what was entered under connections, else what the Worker was deployed with.
 * @param without what is said where there is none
 */
async function withCredential(
  platform: Platform,
  vendor: Vendor,
  without: CheckOutcome,
  ask: (credential: Credential & { key: string }) => Promise<CheckOutcome>,
): Promise<CheckOutcome> {
  const found = await platformCredential(platform, vendor);
  if (found.kind === 'unreadable') return failed('unreadable');
  const credential = opened(found);
  return credential?.key == null ? without : ask({ ...credential, key: credential.key });
}
const lacks = (...names: string[]): CheckOutcome => failed('missing', { names: names.join(', ') });

/** A vendor's refusal without what it said: its words may repeat what it was asked with. */
function faultOf({ kind, status }: VendorFault): CheckOutcome {
  const refused = status === 401 || status === 403;
  return failed(refused ? 'key_refused' : kind === 'status' ? 'answered' : 'unreachable', {
    fault: status === undefined ? kind : `${kind} ${status}`,
  });
}

const MAX_LIST = 1_000;

/** When something of a vendor came last; only then is it known that it finds us. */
async function withSeen(
  platform: Platform,
  source: 'stripe' | 'retell' | 'calcom',
  detail: CheckOutcome['detail'],
): Promise<CheckOutcome> {
  const seen = await lastInbound(platform, source);
  return seen === null ? partly('never_heard', detail) : well('well', { ...detail, seen: toIso(seen) });
}

const stripe: Check = (platform) =>
  withCredential(platform, 'stripe', lacks('STRIPE_SECRET_KEY'), async ({ key, webhookSecret }) => {
    const balance = await stripeBalance(vendorOf(platform, vendorBases(platform.config).stripe), key);
    if (!balance.ok) return faultOf(balance.error);
    if (webhookSecret === null) return lacks('STRIPE_WEBHOOK_SECRET');
    return withSeen(platform, 'stripe', { mode: balance.value.livemode ? 'live' : 'test' });
  });

const retell: Check = (platform) =>
  withCredential(platform, 'retell', lacks('RETELL_API_KEY'), async ({ key }) => {
    const agents = await findAgents({ ...vendorOf(platform, vendorBases(platform.config).retell), apiKey: key }, '');
    if (!agents.ok) return faultOf(agents.error);
    return withSeen(platform, 'retell', { agents: Math.min(agents.value.length, MAX_LIST) });
  });

const TWILIO = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const;

const twilio: Check = (platform) =>
  withCredential(platform, 'twilio', lacks(...TWILIO), async (credential) => {
    const sender = twilioAccount(credential);
    if (sender === null) return lacks(...TWILIO);
    const options = vendorOf(platform, vendorBases(platform.config).twilio);
    const account = await twilioStatus(options, sender.accountSid, sender.authToken);
    if (!account.ok) return faultOf(account.error);
    const { status } = account.value;
    return status === 'active' ? well('well', { status }) : failed('not_active', { status });
  });

// Businesses may bring accounts of their own.
const calcom: Check = (platform) =>
  withCredential(platform, 'calcom', partly('missing', { names: 'CALCOM_API_KEY' }), async (credential) => {
    const me = await calcomMe(vendorOf(platform, calcomBase(platform.config, credential)), credential.key);
    if (!me.ok) return faultOf(me.error);
    if (credential.webhookSecret === null) return partly('missing', { names: 'CALCOM_WEBHOOK_SECRET' });
    return withSeen(platform, 'calcom', {});
  });

/** A mail to whoever asks: that it was taken says the relay, that it came says the person. */
const mail: Check = (platform, { email, productName }) =>
  withCredential(platform, 'smtp', lacks('SMTP_URL'), async (credential) => {
    const { config } = platform;
    const relay = relayOf(credential);
    if (relay === null) return lacks('SMTP_URL');
    const from = settingOf(credential, 'from_email');
    if (from === '') return lacks('MAIL_FROM');
    const text = `${productName}: ${toIso(processNow())}`;
    const sent = await sendMail(
      { ...relay, timeoutMs: config.VENDOR_TIMEOUT_MS },
      {
        from: { email: from, name: productName },
        to: { email },
        subject: productName,
        text,
        html: `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`,
        messageId: `live-check-${crypto.randomUUID()}@${hostOf(config.PUBLIC_URL) ?? 'localhost'}`,
        date: processNow(),
      },
    );
    if (sent.ok) return well('sent');
    const { kind, status, phase } = sent.error;
    return failed(kind === 'status' ? 'answered' : 'unreachable', {
      fault: status === undefined ? `${kind} ${phase}` : `${kind} ${status}`,
    });
  });

const hostOf = (url: string | undefined): string | null => (url === undefined ? null : new URL(url).hostname);

const ADDRESSES = z.looseObject({
  Status: z.int(),
  Answer: z.array(z.looseObject({ type: z.int(), data: z.string() })).optional(),
});
/** Record types of addresses and of names that lead to them. */
const ADDRESS_TYPES = new Set([1, 5, 28]);

/** Our own host is found, and the domain that mails come from says who may send them. */
const dns: Check = async (platform) => {
  const { config } = platform;
  const host = hostOf(config.PUBLIC_URL);
  if (host === null) return failed('missing', { names: 'PUBLIC_URL' });
  const options = vendorOf(platform, config.DNS_API_BASE);
  const answer = await callVendor(options, {
    method: 'GET',
    path: `/dns-query?${new URLSearchParams({ name: host, type: 'A' })}`,
    headers: { accept: 'application/dns-json' },
    acts: false,
  });
  if (!answer.ok) return faultOf(answer.error);
  const read = ADDRESSES.safeParse(JSON.parse(answer.value.text));
  if (!read.success) return failed('answered', { fault: 'invalid_response' });
  if (!(read.data.Answer ?? []).some(({ type }) => ADDRESS_TYPES.has(type))) return failed('not_found', { host });
  const relay = opened(await platformCredential(platform, 'smtp'));
  const sender = relay === null ? undefined : settingOf(relay, 'from_email').split('@')[1];
  if (sender === undefined) return partly('missing', { names: 'MAIL_FROM', host });
  const records = await txtRecords(options, sender);
  if (!records.ok) return faultOf(records.error);
  return records.value.some((text) => text.startsWith('v=spf1'))
    ? well('well', { host, sender })
    : partly('no_spf', { host, sender });
};

const CHECKS: Readonly<Record<LiveCheck, Check>> = {
  bindings,
  migrations,
  storage,
  queues,
  master_key: masterKey,
  issuer,
  dns,
  mail,
  stripe,
  retell,
  twilio,
  calcom,
};

/** Asks once. What is thrown is a result, too. */
export async function askLive(
  platform: Platform,
  name: LiveCheck,
  asker: Asker,
): Promise<CheckOutcome & { ms: number }> {
  const since = realNow();
  const outcome = await CHECKS[name](platform, asker).catch((fault: unknown) =>
    failed('broke', {
      fault: withoutPersonal(fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown').slice(0, 200),
    }),
  );
  return { ...outcome, ms: realNow() - since };
}
