/** Development variables: .dev.vars (made on first start), overrides from the environment, sandbox addresses. Called by server.ts. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const exampleFile = path.join(root, '.dev.vars.example');
const varsFile = path.join(root, '.dev.vars');

/** Filled with random values on the first start; everything else has a fixed demo value. */
const RANDOM_SECRETS = ['AUTH_SECRET', 'MASTER_KEY'];
/** 256 bits, what AES-256 and HMAC-SHA-256 want. */
const SECRET_BYTES = 32;

/** `NAME=value` lines of a dotenv file; comments and empty lines fall away. */
export function parseVariables(text: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const match = /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] !== undefined) variables[match[1]] = (match[2] ?? '').replace(/^(["'])(.*)\1$/, '$2');
  }
  return variables;
}

/** Writes .dev.vars from the example when it is missing. @returns true when it was written now */
export function ensureDevVars(): boolean {
  if (existsSync(varsFile)) return false;
  const text = readFileSync(exampleFile, 'utf8').replace(/^([A-Z_]+)=$/gm, (line, name: string) =>
    RANDOM_SECRETS.includes(name) ? `${name}=${randomBytes(SECRET_BYTES).toString('base64url')}` : line,
  );
  try {
    // wx: of two instances started at once only one writes, the other reads
    writeFileSync(varsFile, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The base URLs of all third parties as the sandbox serves them. */
function sandboxVariables(sandboxPort: number, smtpPort: number): Record<string, string> {
  const base = `http://127.0.0.1:${sandboxPort}`;
  return {
    STRIPE_API_BASE: `${base}/stripe`,
    CALCOM_API_BASE: `${base}/calcom`,
    RETELL_API_BASE: `${base}/retell`,
    RETELL_RECORDING_BASES: `${base}/retell/recordings/`,
    TWILIO_API_BASE: `${base}/twilio`,
    TELEGRAM_API_BASE: `${base}/telegram`,
    VIES_API_BASE: `${base}/vies`,
    DNS_API_BASE: `${base}/dns`,
    PWNED_API_BASE: `${base}/pwned`,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
  };
}

/**
 * Everything the Worker is given in development. Later ones win: sandbox addresses, .dev.vars, the environment, `overrides`.
 * Only names that .dev.vars.example knows are taken from the environment.
 */
export function developmentVariables(options: {
  port: number;
  sandboxPort: number;
  smtpPort: number;
  overrides?: Record<string, string>;
}): Record<string, string> {
  const known = readFileSync(exampleFile, 'utf8').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm);
  const fromEnvironment: Record<string, string> = {};
  for (const [, name] of known) {
    const value = name === undefined ? undefined : process.env[name];
    if (name !== undefined && value !== undefined && value !== '') fromEnvironment[name] = value;
  }
  return {
    ENVIRONMENT: 'development',
    PUBLIC_URL: `http://localhost:${options.port}`,
    ...sandboxVariables(options.sandboxPort, options.smtpPort),
    ...parseVariables(readFileSync(varsFile, 'utf8')),
    ...fromEnvironment,
    ...options.overrides,
  };
}
