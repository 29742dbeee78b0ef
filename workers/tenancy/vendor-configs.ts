/** A credential as the clients of integrations/ want it. Called by whoever calls a vendor. */
import { vendorBases } from '../integrations/base-urls.ts';
import { parseSmtpUrl, type SmtpConfig } from '../integrations/smtp.ts';
import type { Config } from '../env.ts';
import { type Credential, settingOf } from './credentials.ts';

/** Implicit TLS from the first byte; every other port is upgraded. */
const IMPLICIT_TLS_PORT = 465;
const isLoopback = (host: string): boolean => host === 'localhost' || /^127\./.test(host);

/** Where Cal.com is called for this credential: its own address, else ours. */
export const calcomBase = (config: Config, { baseUrl }: Credential): string => baseUrl ?? vendorBases(config).calcom;

/** Null: the account, the token or the sender is missing. */
export function twilioAccount(credential: Credential): { accountSid: string; authToken: string; from: string } | null {
  const [accountSid, from] = [settingOf(credential, 'account_sid'), settingOf(credential, 'from')];
  return accountSid && from && credential.key ? { accountSid, authToken: credential.key, from } : null;
}

/** Null: the relay is named by nothing that can be read. */
export function relayOf(credential: Credential): SmtpConfig | null {
  const url = settingOf(credential, 'url');
  if (url !== '') return parseSmtpUrl(url);
  const [host, port, username] = [
    settingOf(credential, 'host'),
    Number(settingOf(credential, 'port')),
    settingOf(credential, 'username'),
  ];
  if (host === '' || !Number.isInteger(port)) return null;
  return {
    host,
    port,
    // Loopback is refused where it is entered, but in development.
    security: port === IMPLICIT_TLS_PORT ? 'implicit' : isLoopback(host) ? 'none' : 'starttls',
    ...(username === '' ? {} : { username, password: credential.key ?? '' }),
  };
}
