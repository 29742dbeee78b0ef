/** The closed sets of an erasure's fields, without zod: tables and the contract read them here. */

/** `requested`: hidden, and can be withdrawn; `running`: a job works on it; `erased`: nothing personal is left here. */
export const ERASURE_STATES = ['requested', 'running', 'erased'] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

/** Why an erasure does not wait for its 30 days. No free text: it would be kept longer than the person. */
export const ERASURE_REASONS = ['asked_for_at_once', 'entered_by_mistake', 'authority'] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];
