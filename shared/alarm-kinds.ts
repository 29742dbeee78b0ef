/** What may be wrong so that a person has to know: the closed list of alarms. Read by the table, by who raises them, by the contract and the operator's page. */

/**
 * Each with its subject (what it is about, so that the same fault is one row) and how it ends:
 * - `sink_stopped` an event that can't be delivered: `tenant/object/sink`; ends when the sink goes on
 * - `object_behind` an object's file is older than D1 knows, it refuses commands: `tenant/object`; ends with its restore
 * - `ledger_differs` chain, sums, a sealed head or D1 disagree with the ledger: `tenant`; ends when a verification finds it well
 * - `transfers_differ` more left a ledger than arrived in another, or less, an hour after it was sent: the sender's tenant; ends when all come out even
 * - `effect_parked` work outside was given up: `tenant`; ends when nothing of the tenant is parked any more
 * - `payment_unmatched` a payment event that fits nothing of ours: `tenant/event`; ends when it was booked, matched or ignored
 * - `payment_disputed` a dispute has taken money that came: `tenant/top-up/dispute`; ends when the dispute holds none any more. One that was
 *   lost stays until a person clears it: somebody has to ask the customer for the money
 * - `dispute_status_unknown` a dispute in a state that is new to us: `tenant/top-up/dispute`; ends when its state is one that we know
 * - `refund_failed` money that should go back did not: `tenant/top-up/refund`; a person pays it another way and clears it
 * - `refund_status_unknown` a refund in a state that is new to us: `tenant/top-up/refund`; ends when its state is one that we know
 * - `job_gave_up` a job's page failed at every attempt: the job's id; ends when the job ends otherwise
 * - `cron_gave_up` a cron's run died at every attempt: the cron's name; ends when a later run is done
 * - `health` a part of the detailed health is not well, as judged every five minutes: the part; ends when it is well again
 * - `sms_limit_reached` more SMS to unconfirmed numbers than allowed: `tenant/number` or `tenant/tenant`; ends a day after the last
 * - `message_unread` a queue's message that nobody can read, or that failed at every attempt without a row behind it: the queue; a person clears it
 * - `clock_set_back` crons had met due times that lie ahead of the clock: it stood ahead, and what was written then bears its instants; a
 *   person looks at them and clears it
 * - `number_pool_empty` a business waits for a number of a country of which the pool has none: the country; ends when nobody waits there
 * - `agent_not_live` an agent could not be made as it should be: `tenant/agent`; ends when it is live
 * - `agent_drifted` somebody changed an agent, its model or its number at Retell: `tenant/agent`; ends when it is as it should be again
 * - `agent_found_twice` Retell has a second agent or model of ours: `tenant/agent`; ends when a person had it removed
 * - `payment_forged` a business's own Stripe account signed an event about money of the platform, which moved nothing: the tenant; a person
 *   looks at it and clears it
 * - `defect` a fault that nobody expected: the defect's id; ends when a person calls it solved or ignored
 * - `agent_not_removed` what stands at Retell of a deleted agent could not be deleted: `tenant/agent`; ends when it is gone
 * - `source_refused` a request with Retell's valid signature came from an address that is not on the list and was refused, so that calls may
 *   be failing: the address; a person adds it to the settings, or finds out who has the key, and clears it
 * - `recording_unwanted` Retell recorded a call of an agent that records none: `tenant/agent`; ends when it stands as it should again
 * - `recording_lost` a recording that may be kept could not be copied: `tenant/call`; a person clears it
 */
export const ALARM_KINDS = [
  'sink_stopped',
  'object_behind',
  'ledger_differs',
  'transfers_differ',
  'effect_parked',
  'payment_unmatched',
  'payment_disputed',
  'dispute_status_unknown',
  'refund_failed',
  'refund_status_unknown',
  'job_gave_up',
  'cron_gave_up',
  'health',
  'sms_limit_reached',
  'message_unread',
  'clock_set_back',
  'number_pool_empty',
  'agent_not_live',
  'agent_drifted',
  'agent_found_twice',
  'payment_forged',
  'defect',
  'agent_not_removed',
  'source_refused',
  'recording_unwanted',
  'recording_lost',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** Which alarms a list shows. */
export const ALARM_STATES = ['open', 'cleared'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];
