/** The closed sets a conflict with Cal.com's fields come from, without zod: rules, tables, the contract and the admin read them here. */

/**
 * `booking`: theirs found no place here; `move`: theirs of an appointment of ours; `host`: what we pushed has another host there; `push`:
 * what we pushed is not there as it is here.
 */
export const CONFLICT_KINDS = ['booking', 'move', 'host', 'push'] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

export const CONFLICT_REASONS = [
  'person_taken',
  'resource_taken',
  'session_full',
  'too_long',
  'unknown_service',
  'unknown_staff',
  'unknown_branch',
  'unknown_customer',
  /** a second booking of one appointment of ours */
  'twice',
  'other_host',
  'other_length',
  'no_event_type',
  'occupied_there',
  'refused',
  'gave_up',
] as const;
export type ConflictReason = (typeof CONFLICT_REASONS)[number];

/** `keep_ours`: Cal.com is made to follow; `take_theirs`: our calendar follows; `dismiss`: settled by people, nothing is changed. */
export const CONFLICT_RESOLUTIONS = ['keep_ours', 'take_theirs', 'dismiss'] as const;
export type ConflictResolution = (typeof CONFLICT_RESOLUTIONS)[number];

export const CONFLICT_STATUSES = ['open', 'resolved'] as const;
