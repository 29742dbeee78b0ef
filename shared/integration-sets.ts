/** What a credential of each vendor is made of, and what a connection test can come to. Read by contract, tables, commands and pages. */
import type { Vendor } from './vendors.ts';

/** Whose a credential is: the nearest one is in force. */
export const CREDENTIAL_LEVELS = ['company', 'tenant', 'platform'] as const;
export type CredentialLevel = (typeof CREDENTIAL_LEVELS)[number];

/**
 * How a vendor stands for whoever looks: `off` nobody has connected it, `unreadable` what is stored can't be opened (the master key is
 * gone), `untested` it was never called; the others as real calls ended.
 */
export const CONNECTION_STATES = ['off', 'unreadable', 'untested', 'ok', 'degraded', 'down'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/**
 * Why a connection test failed: `key_refused` the vendor does not take the credential, `unknown_account` there is no such account,
 * `bad_address` the address answers something else, `unreachable` nobody answered, `timeout`, `busy` asked too often, `vendor_error` the
 * vendor failed itself, `unreadable` what is stored can't be opened, `refused` anything else.
 */
export const CONNECTION_FAULTS = [
  'key_refused',
  'unknown_account',
  'bad_address',
  'unreachable',
  'timeout',
  'busy',
  'vendor_error',
  'unreadable',
  'refused',
] as const;
export type ConnectionFault = (typeof CONNECTION_FAULTS)[number];

/** What a push did with an event type at Cal.com, or would do. */
export const EVENT_TYPE_ACTIONS = ['created', 'updated', 'unchanged', 'failed'] as const;

/**
 * Why an event type was not pushed: `needs_team` other people's types need a team there, `no_member` the person is not in the team, `nobody`
 * nobody does the service, `gone` what it is matched with is not there, `changed_here` somebody changed the service meanwhile; the others as
 * in a connection test.
 */
export const EVENT_TYPE_FAULTS = [
  'needs_team',
  'no_member',
  'nobody',
  'gone',
  'changed_here',
  'busy',
  'timeout',
  'unreachable',
  'vendor_error',
  'bad_address',
  'key_refused',
  'refused',
] as const satisfies readonly (ConnectionFault | 'needs_team' | 'no_member' | 'nobody' | 'gone' | 'changed_here')[];
export type EventTypeFault = (typeof EVENT_TYPE_FAULTS)[number];

/** What of an event type is written from a service. */
export const EVENT_TYPE_FIELDS = [
  'title',
  'duration',
  'lengths',
  'slot_step',
  'notice',
  'buffer_before',
  'buffer_after',
  'hidden',
  'confirmation',
  'host',
] as const;
export type EventTypeField = (typeof EVENT_TYPE_FIELDS)[number];

/** When a new credential takes the place of the old one: once its test went well, or at once whatever the vendor says. */
export const REPLACE_WHEN = ['tested', 'now'] as const;
export type ReplaceWhen = (typeof REPLACE_WHEN)[number];

/** The two secrets that a row can hold, by what the vendor calls them. */
interface Declared {
  /** what we sign in with */
  key: string;
  /** what the vendor signs its webhooks with */
  webhookSecret: 'webhook_secret' | null;
  /** fields that are no secrets */
  plain: readonly string[];
  /** a company of a business may have its own */
  ofCompany: boolean;
  /** the webhook's secret is made by us and typed in there */
  makesSecret: boolean;
}

/** Every vendor's credential. Calls are verified by tenant, before a company could be known: Retell has none of companies. */
export const CREDENTIALS = {
  calcom: { key: 'api_key', webhookSecret: 'webhook_secret', plain: ['base_url'], ofCompany: true, makesSecret: true },
  retell: { key: 'api_key', webhookSecret: null, plain: [], ofCompany: false, makesSecret: false },
  stripe: { key: 'secret_key', webhookSecret: 'webhook_secret', plain: [], ofCompany: true, makesSecret: false },
  twilio: {
    key: 'auth_token',
    webhookSecret: null,
    plain: ['account_sid', 'from'],
    ofCompany: true,
    makesSecret: false,
  },
  smtp: {
    key: 'password',
    webhookSecret: null,
    plain: ['host', 'port', 'username', 'from_email'],
    ofCompany: true,
    makesSecret: false,
  },
} as const satisfies Record<Vendor, Declared>;

/** Shorter secrets have no hint: four characters would be too much of them. */
export const LEAST_FOR_HINT = 12;
