/** Does a password stand in the list of those known from leaks, as far as the operator's settings let it be asked. Called by identity/new-password.ts. */
import type { Platform } from '../env.ts';
import { systemSettings } from '../instance/settings.ts';
import { timesSeen } from '../integrations/pwned-passwords.ts';
import { log } from '../log.ts';

/** Somebody waits before a form: a list that does not answer by then lets the password pass. */
const MAX_WAIT_MS = 1_500;

/** False too where the list is not asked, or does not answer: that leaves a line in the log and keeps nobody out. */
export async function isLeaked(platform: Platform, password: string): Promise<boolean> {
  if (!(await systemSettings(platform)).breached_passwords) return false;
  const { PWNED_API_BASE, VENDOR_TIMEOUT_MS } = platform.config;
  const options = { baseUrl: PWNED_API_BASE, timeoutMs: Math.min(MAX_WAIT_MS, VENDOR_TIMEOUT_MS) };
  const seen = await timesSeen(options, password);
  if (seen.ok) return seen.value > 0;
  const { kind, status } = seen.error;
  log('warn', 'leaked_passwords_unknown', { channel: 'security', kind, status });
  return false;
}
