/** Closed sets of recordings of calls: how an agent records, what became of a call's recording and why. Read by tables, contract, rules and pages. */
/** `announced`: the first sentence says it and offers a no (docs/recording.md). */
export const RECORDING_MODES = ['off', 'announced'] as const;
export type RecordingMode = (typeof RECORDING_MODES)[number];

/** `waiting`: to be copied; `kept`: lies with us, Retell has it no more; `not_kept`: never copied, deleted at Retell; `failed`: could not be copied. */
export const RECORDING_STATES = ['waiting', 'kept', 'not_kept', 'failed'] as const;
export type RecordingState = (typeof RECORDING_STATES)[number];

/** Why nothing was kept. */
export const RECORDING_REASONS = [
  'off',
  'refused',
  'not_announced',
  'no_transcript',
  'no_days',
  'address',
  'too_large',
  'gone',
  'unreachable',
] as const;
export type RecordingReason = (typeof RECORDING_REASONS)[number];

/** Which wording of the notice an owner accepted (web/admin/provisioning/agent-recording.tsx); a change of its meaning is a new number. */
export const RECORDING_NOTICE_VERSION = 1;
