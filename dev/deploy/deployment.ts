/**
 * What an installation on Cloudflare is called and where its own facts are kept: ids, addresses and variables in `.cloudflare.json`, secrets
 * in `.cloudflare.secrets.<environment>`; both are git-ignored. Called by the set-up script and by deploying.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseVariables } from '../server/variables.ts';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const ENVIRONMENTS = ['production', 'preview'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** `--preview` is the other one. */
export const environmentOf = (args: readonly string[]): Environment =>
  args.includes('--preview') ? 'preview' : 'production';

/** Resources of the preview stand beside those of production in one account. */
export const namedFor = (name: string, environment: Environment): string =>
  environment === 'production' ? name : `${name}-${environment}`;

/** What is known of an installation that is no secret. */
export interface Facts {
  /** where the world reaches it; https */
  publicUrl?: string;
  accountId?: string;
  databaseId?: string;
  kvId?: string;
  /** further variables of the Worker: `ROOT_DOMAIN`, `MAIL_FROM`, … */
  variables?: Record<string, string>;
}

const FACTS_FILE = '.cloudflare.json';

export function readFacts(folder: string, environment: Environment): Facts {
  const file = path.join(folder, FACTS_FILE);
  if (!existsSync(file)) return {};
  return (JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<Environment, Facts>>)[environment] ?? {};
}

/** Written after every step, so that a script that is cut short goes on where it was. */
export function writeFacts(folder: string, environment: Environment, facts: Facts): void {
  const file = path.join(folder, FACTS_FILE);
  const all = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};
  writeFileSync(file, `${JSON.stringify({ ...all, [environment]: facts }, null, 2)}\n`);
}

/** Drawn by the script; without them no Worker starts. */
export const DRAWN_SECRETS = ['AUTH_SECRET', 'MASTER_KEY'] as const;
/** What vendors give out: empty until the operator has an account there. */
const VENDOR_SECRETS = [
  'RETELL_API_KEY',
  'CALCOM_API_KEY',
  'CALCOM_WEBHOOK_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_FROM',
  'SMTP_URL',
  'MONITOR_TOKEN',
] as const;
/** 256 bits. */
const SECRET_BYTES = 32;

export const secretsFile = (folder: string, environment: Environment): string =>
  path.join(folder, `.cloudflare.secrets.${environment}`);

/** Secrets that have a value. */
export function readSecrets(folder: string, environment: Environment): Record<string, string> {
  const file = secretsFile(folder, environment);
  if (!existsSync(file)) return {};
  return Object.fromEntries(
    Object.entries(parseVariables(readFileSync(file, 'utf8'))).filter(([, value]) => value !== ''),
  );
}

/** Draws what has to be drawn, once; the file is the only copy that can be read again. @returns true when it was written now */
export function ensureSecrets(folder: string, environment: Environment): boolean {
  const file = secretsFile(folder, environment);
  if (existsSync(file)) return false;
  const lines = [
    '# Secrets of this installation. Keep a copy in a password manager: Cloudflare never shows them again, and without',
    '# MASTER_KEY the credentials that tenants have stored cannot be opened any more. Never commit this file.',
    `AUTH_SECRET=${randomBytes(SECRET_BYTES).toString('hex')}`,
    `MASTER_KEY=${randomBytes(SECRET_BYTES).toString('base64')}`,
    '',
    '# Of vendors; what is empty is not sent. Run the script again after filling one in.',
    ...VENDOR_SECRETS.map((name) => `${name}=`),
    '',
  ];
  writeFileSync(file, lines.join('\n'), { flag: 'wx', mode: 0o600 });
  return true;
}
