/** The closed sets a call's and a call back request's fields come from, without zod: web app, tables and the contract read them here. */

export const CALL_STATUSES = ['ongoing', 'ended', 'analyzed'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

export const SENTIMENTS = ['positive', 'neutral', 'negative', 'unknown'] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

export const CALL_DIRECTIONS = ['inbound', 'outbound'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

/** What became of the call's money. */
export const CHARGE_STATES = ['none', 'held', 'captured', 'released'] as const;

export const SPEAKERS = ['agent', 'caller', 'system'] as const;
export type Speaker = (typeof SPEAKERS)[number];

export const CALLBACK_KINDS = ['callback', 'manual_booking'] as const;

/** `assigned`: somebody has taken it; `failed`: nobody was reached, and it is given up. */
export const CALLBACK_STATUSES = ['open', 'assigned', 'done', 'failed'] as const;
export type CallbackStatus = (typeof CALLBACK_STATUSES)[number];
/** Nothing is left to do. */
export const isClosedCallback = (status: CallbackStatus): boolean => status === 'done' || status === 'failed';
/** What came of an attempt to reach somebody. */
export const ATTEMPT_OUTCOMES = ['reached', 'no_answer', 'busy', 'voicemail', 'wrong_number'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export const CALLBACK_PRIORITIES = ['normal', 'high'] as const;
export type CallbackPriority = (typeof CALLBACK_PRIORITIES)[number];
