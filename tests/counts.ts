/**
 * How often each random proof runs: a part of it in `npm test`, so that a change of a rule is met within minutes, and all of it in
 * `npm run prove <name>` (dev/prove/prove.ts). Same tests, same assertions, fixed seeds; only the number differs. docs/testing.md explains.
 * `FC_RUNS` overrules the number, `FC_SEED` the seed.
 */
export interface Proof {
  /** what is counted */
  of: string;
  project: 'pure' | 'workerd' | 'outside';
  file: string;
  /** in `npm test` */
  suite: number;
  /** in `npm run prove` */
  full: number;
  /** of one run of vitest while proving: what an interruption costs */
  chunk: number;
}

const declared = {
  'state-machine': {
    of: 'random operations of a calendar beside the oracle',
    project: 'pure',
    file: 'workers/calendar/state-machine.test.ts',
    suite: 2_000,
    full: 10_000,
    chunk: 2_000,
  },
  oracle: {
    of: 'random worlds in which engine and oracle offer the same',
    project: 'pure',
    file: 'workers/calendar/engine/availability.oracle.test.ts',
    suite: 60,
    full: 120,
    chunk: 60,
  },
  quotes: {
    of: 'quotes and holds of random worlds, taken before they expire',
    project: 'pure',
    file: 'workers/calendar/quotes.test.ts',
    suite: 600,
    full: 10_000,
    chunk: 2_000,
  },
  'external-events': {
    of: 'random sequences of a booking’s events with duplicates',
    project: 'pure',
    file: 'workers/calendar/rules/external.test.ts',
    suite: 150,
    full: 1_000,
    chunk: 500,
  },
  'calcom-bookings': {
    of: 'bookings of Cal.com into full rooms and for people of two branches',
    project: 'workerd',
    file: 'workers/calendar-sync/pull.workerd.test.ts',
    suite: 50,
    full: 500,
    chunk: 100,
  },
  'ledger-histories': {
    of: 'random sequences of money with duplicates; histories a fifth of it',
    project: 'pure',
    file: 'workers/ledger/commands/commands.test.ts',
    suite: 200,
    full: 1_000,
    chunk: 500,
  },
  'usage-batches': {
    of: 'random sequences of metered events, cut at random, beside the same one by one, in another order and again',
    project: 'pure',
    file: 'workers/ledger/commands/charge-usage-batch.test.ts',
    suite: 100,
    full: 2_000,
    chunk: 500,
  },
  'usage-ingest': {
    of: 'batches of a thousand metered events beside single commands',
    project: 'workerd',
    file: 'workers/metering/ingest.workerd.test.ts',
    suite: 3,
    full: 50,
    chunk: 50,
  },
  transfers: {
    of: 'random histories of seven ledgers with transfers, kills, refunds, disputes and amounts set aside',
    project: 'pure',
    file: 'workers/ledger/transfers.test.ts',
    suite: 60,
    full: 2_000,
    chunk: 500,
  },
  'stripe-events': {
    of: 'random sequences of each family of Stripe’s events',
    project: 'pure',
    file: 'workers/payments/stripe.test.ts',
    suite: 40,
    full: 200,
    chunk: 200,
  },
  strangers: {
    of: 'calls of strangers at random',
    project: 'workerd',
    file: 'workers/telephony/strangers.workerd.test.ts',
    suite: 20,
    full: 2_000,
    chunk: 200,
  },
  hostile: {
    of: 'mutated bodies per route',
    project: 'workerd',
    file: 'tests/contract/hostile.workerd.test.ts',
    suite: 3,
    full: 20,
    chunk: 20,
  },
  outage: {
    of: 'events queued in one object while D1 refuses',
    project: 'workerd',
    file: 'tests/objects/outage.workerd.test.ts',
    suite: 2_000,
    full: 50_000,
    chunk: 50_000,
  },
  identity: {
    of: 'calls: every network, name and transcript of both modes',
    project: 'workerd',
    file: 'workers/telephony/identity.workerd.test.ts',
    suite: 72,
    full: 720,
    chunk: 720,
  },
  erasure: {
    of: 'statements at which an erasure is killed and begun again',
    project: 'workerd',
    file: 'workers/crm/erasure/killed.workerd.test.ts',
    suite: 12,
    full: 300,
    chunk: 300,
  },
  provisioning: {
    of: 'places at which making and deleting an agent at Retell are killed and run again',
    project: 'workerd',
    file: 'workers/provisioning/killed.workerd.test.ts',
    suite: 8,
    full: 400,
    chunk: 400,
  },
  kill: {
    of: 'kills of the whole process group under load',
    project: 'outside',
    file: 'tests/outside/kill.test.ts',
    suite: 6,
    full: 30,
    chunk: 10,
  },
} as const satisfies Readonly<Record<string, Proof>>;

export type ProofName = keyof typeof declared;
export const PROOFS: Readonly<Record<ProofName, Proof>> = declared;

/** `process.env` where there is one; tests inside workerd hand over their bindings. */
type Variables = Readonly<Record<string, unknown>>;
const around = (): Variables => (typeof process === 'undefined' ? {} : process.env);

/** @param full what this property runs when the whole proof does, where a file has properties of different weight */
export function runsOf(name: ProofName, variables: Variables = around(), full: number = PROOFS[name].full): number {
  const runs = Number(variables['FC_RUNS']) || PROOFS[name].suite;
  return Math.ceil((full * runs) / PROOFS[name].full);
}

/** The suite's own seed, unless `FC_SEED` names one; `random` explores. */
export function seedOf(own: number, variables: Variables = around()): number {
  const wanted = variables['FC_SEED'];
  if (wanted === 'random') return Math.floor(Math.random() * 2 ** 31);
  return Number(wanted) || own;
}
