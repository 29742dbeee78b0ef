/** The Worker's bindings (contract with wrangler.toml) and its variables, parsed once per isolate. */
import { fromBase64 } from '../shared/base64.ts';
import { API_KEY_MODES } from '../shared/tenant-status.ts';
import type { TenantId } from '../shared/ids.ts';
import type { Metered } from '../shared/usage-events.ts';
import { z } from 'zod';

/** Everything a queue carries: ids and counts, never bodies or personal data (erasure; 128 kB limit). */
export type QueueMessage =
  | { kind: 'effect'; id: string; tenantId: TenantId }
  /** `swept`: the sweeper's; where it is not its turn it is dropped, because the next sweep brings it again */
  | { kind: 'webhook'; id: string; tenantId: TenantId; swept?: true }
  /** a job goes on: its row says where */
  | { kind: 'job'; id: string; tenantId: TenantId }
  /** something was used: the one message that says what, because no row does; words of programs, ids and counts */
  | { kind: 'usage'; id: string; tenantId: TenantId; event: Omit<Metered, 'key'> }
  /** does the queue bring what it was given (operations/live-checks.ts) */
  | { kind: 'probe'; id: string; tenantId: TenantId };

/** The object namespaces CALENDAR, LEDGER, PRESENCE and RATE_GATE are added by `workers/index.ts`, which knows the classes: they import this file. */
export interface Env {
  DB: D1Database;
  /** further shards, if any: DB_SHARD_1 … (workers/storage/shards.ts) */
  DB_SHARD_1?: D1Database;
  DIRECTORY: KVNamespace;
  ARCHIVE: R2Bucket;
  QUEUE_HIGH: Queue<QueueMessage>;
  QUEUE_MEDIUM: Queue<QueueMessage>;
  QUEUE_LOW: Queue<QueueMessage>;
  ASSETS?: Fetcher;
  ENVIRONMENT: string;
  [variable: string]: unknown;
}

const text = (fallback: string) => z.string().min(1).default(fallback);

const variables = z.object({
  ENVIRONMENT: z.enum(['production', 'preview', 'development', 'test']),
  /** signs sessions, quotes, routes, links */
  AUTH_SECRET: z.string().min(32),
  /** platform-wide vendor credentials; tenants may have their own (sealed) */
  RETELL_API_KEY: z.string().min(1).optional(),
  CALCOM_WEBHOOK_SECRET: z.string().min(1).optional(),
  CALCOM_API_KEY: z.string().min(1).optional(),
  STRIPE_SECRET_KEY: z.string().min(1).optional(),
  /** base64 of 32 bytes: seals tenants’ vendor credentials (tenancy/seal.ts) */
  MASTER_KEY: z.string().min(32).optional(),
  STRIPE_WEBHOOK_SECRET: z.string().min(1).optional(),
  /** whose events count: a live endpoint gets test events too. Default: what the secret key says */
  STRIPE_MODE: z.enum(API_KEY_MODES).optional(),
  /** `acct_…` whose events count beside those that name none */
  STRIPE_ACCOUNT: z
    .string()
    .regex(/^acct_\w+$/)
    .optional(),
  TWILIO_ACCOUNT_SID: z.string().min(1).optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_FROM: z.string().min(1).optional(),
  TELEGRAM_SECRET_TOKEN: z.string().min(1).optional(),
  MAIL_FROM: z.email().optional(),
  MONITOR_TOKEN: z.string().min(16).optional(),
  /** where the world reaches us: webhook and manage links, e.g. https://app.askproai.de */
  PUBLIC_URL: z.url().optional(),
  /** tenants' hosts are {slug}.ROOT_DOMAIN; empty = none */
  ROOT_DOMAIN: z.string().optional(),
  STRIPE_API_BASE: text('https://api.stripe.com'),
  CALCOM_API_BASE: text('https://api.cal.com'),
  RETELL_API_BASE: text('https://api.retellai.com'),
  /** where Retell's documented addresses of recordings begin, with a comma between them; nothing is ever copied from elsewhere */
  RETELL_RECORDING_BASES: text('https://retellai.s3.us-west-2.amazonaws.com/'),
  TWILIO_API_BASE: text('https://api.twilio.com'),
  TELEGRAM_API_BASE: text('https://api.telegram.org'),
  /** the EU's register of VAT ids */
  VIES_API_BASE: text('https://ec.europa.eu/taxation_customs/vies/rest-api'),
  /** resolver that TXT records are asked of, by DNS over HTTPS */
  DNS_API_BASE: text('https://cloudflare-dns.com'),
  /** the list of passwords known from leaks (Have I Been Pwned); asked with five digits of a hash */
  PWNED_API_BASE: text('https://api.pwnedpasswords.com'),
  SMTP_URL: z.string().min(1).optional(),
  /** ms that lines of the log wait for others behind an answer; 0: until the next request */
  LOG_HOLD_MS: z.coerce.number().int().min(0).max(25_000).default(20_000),
  /** ms a vendor may take before we stop waiting */
  VENDOR_TIMEOUT_MS: z.coerce.number().int().min(50).max(60_000).default(8_000),
  /** development only: multiplies every rate limit */
  RATE_LIMIT_SCALE: z.coerce.number().min(1).max(100_000).default(1),
});

export type Config = z.infer<typeof variables>;

/** Where the links in messages lead: the product's own address. */
export const linkBase = ({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): string => PUBLIC_URL ?? 'http://localhost:8787';

/** The tests' bindings leave it empty as .dev.vars.example does. */
const TEST_SECRET = 'test-secret-test-secret-test-secret-test';

/** Printed in .dev.vars.example for everybody to sign with: worth nothing outside development. */
const DEMO_SECRETS: ReadonlySet<string> = new Set([
  'key_demo_retell',
  'calcom_demo_secret',
  'cal_test_demo_askproai',
  'whsec_demo_askproai',
  'sk_test_demo_askproai',
  'twilio_demo_token',
  'telegram_demo_secret',
]);

/** Distinct characters of a secret that was drawn and not typed: of 32 drawn hexadecimal ones fewer are one chance in a hundred million. */
const LEAST_DISTINCT = 8;
const isDrawn = (secret: ArrayLike<unknown> & Iterable<unknown>): boolean => new Set(secret).size >= LEAST_DISTINCT;
/** Of `MASTER_KEY`: one secret, or `2:…;1:…` while keys are rotated (tenancy/seal.ts). */
const masterKeys = (text: string): (Uint8Array | null)[] =>
  text.split(';').map((part) => fromBase64(part.trim().replace(/^\d+:/, '')));

/** What may stand in a developer's configuration only: each with its name and what is wrong. */
function unfitForOthers(config: Config): string[] {
  const unfit: string[] = [];
  for (const [name, value] of Object.entries(config))
    if (
      /_API_BASE$|_RECORDING_BASES$/.test(name) &&
      !String(value)
        .split(',')
        .every((base) => base.trim().startsWith('https://'))
    )
      unfit.push(`${name}: must be https`);
  if (!isDrawn(config.AUTH_SECRET) || config.AUTH_SECRET === TEST_SECRET)
    unfit.push('AUTH_SECRET: must be drawn at random, for example by `openssl rand -hex 32`');
  if (!masterKeys(config.MASTER_KEY ?? '').every((key) => key?.length === 32 && isDrawn(key)))
    unfit.push('MASTER_KEY: must be base64 of 32 bytes drawn at random, for example by `openssl rand -base64 32`');
  return unfit;
}

const parsed = new WeakMap<object, Config>();

/** The variables of this environment; throws a defect naming the missing or unfit variable at the first request of an isolate. */
export function configOf(env: Env): Config {
  const known = parsed.get(env);
  if (known) return known;
  const source: Record<string, unknown> = env.ENVIRONMENT === 'test' ? { AUTH_SECRET: TEST_SECRET } : {};
  for (const name of Object.keys(variables.shape)) {
    const value = env[name];
    if (typeof value !== 'string' || value === '') continue;
    if (DEMO_SECRETS.has(value) && !isDevelopment(env)) throw new Error(`configuration: ${name} has the demo value`);
    source[name] = value;
  }
  const result = variables.safeParse(source);
  if (!result.success) {
    throw new Error(`configuration: ${result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`);
  }
  const config = result.data;
  const unfit = isDevelopment(env) ? [] : unfitForOthers(config);
  if (unfit.length > 0) throw new Error(`configuration: ${unfit.join('; ')}`);
  if (config.ENVIRONMENT === 'production') config.RATE_LIMIT_SCALE = 1;
  parsed.set(env, config);
  return config;
}

/** Development conveniences (dev clock, faults, demo secrets) exist only here. */
export const isDevelopment = (env: Env): boolean => env.ENVIRONMENT === 'development' || env.ENVIRONMENT === 'test';

/**
 * The bindings, closed: what the entry points hand on instead of `Env`. A module that holds it can read the configuration and call the
 * functions of storage/, tenancy/ and operations/ that name it; the bindings themselves open only to those folders (import law).
 */
export interface Platform {
  /** Throws a defect naming the missing or unfit variable. */
  readonly config: Config;
  /** development or test: conveniences that a deployed Worker must not have */
  readonly development: boolean;
}

const platforms = new WeakMap<Env, Platform>();
const closed = new WeakMap<Platform, Env>();

/** Closes the bindings; the same bindings give the same platform. Called by the entry points and the object classes. */
export function platformOf(env: Env): Platform {
  const known = platforms.get(env);
  if (known) return known;
  const platform: Platform = {
    get config() {
      return configOf(env);
    },
    development: isDevelopment(env),
  };
  platforms.set(env, platform);
  closed.set(platform, env);
  return platform;
}

/** Opens the bindings again, for storage/, projection/, tenancy/, operations/ and development/ only (import law). */
export function bindingsOf(platform: Platform): Env {
  const env = closed.get(platform);
  if (!env) throw new Error('no platform of ours: take it from platformOf(env)');
  return env;
}
