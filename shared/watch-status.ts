/** The closed sets of what watches over the platform, without zod: tables, contract and pages read them here. */

/** Where a log line belongs: people's pages and background work, webhooks, callers with a key, what looks like an attack, what took long. */
export const LOG_CHANNELS = ['app', 'webhook', 'api', 'security', 'performance'] as const;
export type LogChannel = (typeof LOG_CHANNELS)[number];
/** Days that lines of a channel are kept. */
export const LOG_DAYS: Readonly<Record<LogChannel, number>> = {
  app: 14,
  webhook: 7,
  api: 7,
  security: 30,
  performance: 14,
};

/** `solved` comes back as `open` when the same fault comes again; `ignored` stays. */
export const DEFECT_STATES = ['open', 'solved', 'ignored'] as const;
export type DefectState = (typeof DEFECT_STATES)[number];

/** Days of uptime that are kept and shown. */
export const UPTIME_DAYS = 90;
/** The health is judged so often; twice and a half as long without a row is a hole. */
export const UPTIME_EVERY_MS = 5 * 60_000;

/** A stretch in which not all was well; `silent`: nobody looked. */
export const OUTAGE_KINDS = ['down', 'degraded', 'silent'] as const;
export type OutageKind = (typeof OUTAGE_KINDS)[number];

/** What is asked before and after going live, in the order of the page. */
export const LIVE_CHECKS = [
  'bindings',
  'migrations',
  'storage',
  'queues',
  'master_key',
  'issuer',
  'dns',
  'mail',
  'stripe',
  'retell',
  'twilio',
  'calcom',
] as const;
export type LiveCheck = (typeof LIVE_CHECKS)[number];
/** `partly`: it answers, and something that real use leaves behind is not there yet. */
export const LIVE_RESULTS = ['well', 'partly', 'failed'] as const;
export type LiveResult = (typeof LIVE_RESULTS)[number];
