/** What an operator of the demo looks at: uptime, defects, what vendors sent, recordings, jobs. Loaded by load.ts. */
import type { TenantId } from '../../shared/ids.ts';
import { UPTIME_EVERY_MS } from '../../shared/watch-status.ts';
import type { SeedOperation } from '../../workers/development/seed.ts';
import type { SeedWebhook } from '../../workers/development/seed-watch.ts';
import { wav } from '../sandbox/audio.ts';
import type { DemoHistory } from './history.ts';
import { PHYSIO, PLATFORM, SALON } from './tenants.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Days of uptime that are loaded: a few seconds must do for the whole load. */
const UPTIME_DAYS_LOADED = 30;
/** Calls of each business whose webhooks are there. */
const WEBHOOKS_OF_CALLS = 12;
/** Longest audio that is loaded: a tone, not what was said. */
const MAX_AUDIO_MS = 4_000;
const UNIX = 1_000;

/** A month of looks with two bad hours, and faults that were found, mended and left alone. */
export function watchedBefore(now: number): SeedOperation[] {
  const to = now - (now % UPTIME_EVERY_MS);
  const night = to - 9 * DAY;
  const noon = to - 3 * DAY - 5 * HOUR;
  const frame = (name: string, file: string): string => `at ${name} (file:///worker/${file}.js:10:5)`;
  return [
    {
      op: 'uptime',
      looks: {
        from: to - UPTIME_DAYS_LOADED * DAY,
        to,
        ill: [
          { from: night, to: night + 15 * MINUTE, status: 'down', parts: ['database'] },
          { from: noon, to: noon + 40 * MINUTE, status: 'degraded', parts: ['calcom'] },
        ],
      },
    },
    {
      op: 'defect',
      row: {
        event: 'calcom_push_failed',
        name: 'TypeError',
        message: "Cannot read properties of undefined (reading 'uid')",
        frames: [frame('bookingOf', 'calcom'), frame('pushAppointment', 'push')],
        fields: { kind: 'calcom.push' },
        tenantId: SALON,
        at: [now - 2 * DAY, now - 26 * HOUR, now - 3 * HOUR],
        settled: null,
      },
    },
    {
      op: 'defect',
      row: {
        event: 'request_failed',
        name: 'RangeError',
        message: 'Invalid time value',
        frames: [frame('toIso', 'time'), frame('viewOfException', 'exceptions')],
        fields: { route: '/api/v1/exceptions' },
        tenantId: PHYSIO,
        at: [now - 12 * DAY],
        settled: { state: 'solved', reason: 'Feiertag ohne Ende, behoben mit dem Stand vom selben Tag' },
      },
    },
    {
      op: 'defect',
      row: {
        event: 'notification_not_composed',
        name: 'Error',
        message: 'no text for a language',
        frames: [frame('textOf', 'compose')],
        fields: { kind: 'notify' },
        tenantId: null,
        at: [now - 20 * DAY, now - 19 * DAY],
        settled: { state: 'ignored', reason: 'Sprache eines Testkontos, die es nicht gibt' },
      },
    },
  ];
}

/** The vendors' events behind the last calls of a business; of the salon also Cal.com's, one that could not be read and one that nobody works on. */
export function webhooksOf(tenantId: TenantId, history: DemoHistory): SeedOperation[] {
  const rows = history.calls.slice(-WEBHOOKS_OF_CALLS).flatMap(({ id, agentId, startedAt, endedAt }): SeedWebhook[] => {
    const end = Number(endedAt);
    const call = { call_id: id, agent_id: agentId, call_type: 'phone_call', start_timestamp: startedAt };
    const event = (eventType: string, at: number, more: object): SeedWebhook => ({
      source: 'retell',
      eventType,
      uniqueId: `${eventType}:${id}`,
      payload: JSON.stringify({ event: eventType, call: { ...call, ...more } }),
      at,
      state: 'processed',
    });
    return [
      event('call_started', startedAt, { call_status: 'ongoing' }),
      event('call_ended', end, { call_status: 'ended', end_timestamp: end }),
      event('call_analyzed', end + 20_000, { call_status: 'ended', end_timestamp: end }),
    ];
  });
  if (tenantId === SALON) rows.push(...othersOf(history.loadedAt));
  return rows.length === 0 ? [] : [{ op: 'webhooks', tenantId, rows }];
}

const othersOf = (noon: number): SeedWebhook[] => [
  {
    source: 'calcom',
    eventType: 'BOOKING_RESCHEDULED',
    uniqueId: 'demo:rescheduled',
    payload: JSON.stringify({ triggerEvent: 'BOOKING_RESCHEDULED', payload: { uid: 'demomoved1aXb' } }),
    at: noon - 2 * DAY,
    state: 'ignored',
    error: 'no appointment of ours',
  },
  {
    source: 'calcom',
    eventType: 'FORM_SUBMITTED',
    uniqueId: 'demo:form',
    payload: JSON.stringify({ triggerEvent: 'FORM_SUBMITTED', payload: {} }),
    at: noon - 4 * DAY,
    state: 'ignored',
  },
  {
    source: 'retell',
    eventType: 'call_ended',
    uniqueId: 'call_ended:demo_cut_off',
    payload: '{"event":"call_ended","call":{',
    at: noon - 6 * DAY,
    state: 'failed',
    error: 'MALFORMED_JSON',
  },
  {
    source: 'stripe',
    eventType: 'customer.updated',
    uniqueId: 'evt_demo_customer',
    payload: JSON.stringify({ id: 'evt_demo_customer', type: 'customer.updated', created: Math.floor(noon / UNIX) }),
    at: noon - 8 * DAY,
    state: 'ignored',
  },
];

/** Audio of the calls that may be heard, and the one whose caller said no. */
export const recordingsOf = (tenantId: TenantId, { recordings }: DemoHistory): SeedOperation[] =>
  recordings.map(({ callId, startedAt, endedAt, seconds }): SeedOperation => {
    const common = { callId, startedAt, at: endedAt + MINUTE };
    return {
      op: 'recording',
      tenantId,
      row:
        seconds === null
          ? { ...common, audio: null, reason: 'refused' }
          : { ...common, audio: Buffer.from(wav(Math.min(MAX_AUDIO_MS, seconds * 1000))).toString('base64') },
    };
  });

/** Work that the queue does after the load: over all tenants, and of single ones. */
export const demoJobs = (): SeedOperation[] => [
  { op: 'job', tenantId: PLATFORM, job: { kind: 'seal_heads', reach: 'platform', dry: false } },
  { op: 'job', tenantId: SALON, job: { kind: 'repair_projections', reach: 'tenant', dry: true } },
  { op: 'job', tenantId: PHYSIO, job: { kind: 'verify_ledgers', reach: 'tenant', dry: false } },
];
