/** The closed sets of what a message is by law and of what people agreed to, without zod: tables, rules, contract and web apps read them here. */

/** What a message is by law; it decides which consent it needs (docs/consents.md). */
export const LEGAL_CLASSES = ['service', 'reminder', 'review', 'marketing'] as const;
export type LegalClass = (typeof LEGAL_CLASSES)[number];

/** What somebody agrees to, or no longer does. */
export const CONSENT_PURPOSES = ['reminder', 'waitlist', 'review', 'marketing'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

export const CONSENT_STATES = ['given', 'withdrawn'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** How a consent was given or withdrawn by a person whom somebody heard or read. */
export const CONSENT_WAYS_BY_HAND = ['in_person', 'phone', 'written', 'form'] as const;
/** … and how the product itself came to know: a word of stop, the one-click link, an import. */
export const CONSENT_WAYS = [...CONSENT_WAYS_BY_HAND, 'stop_word', 'link', 'import'] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];

/** What may become of a message before it leaves. */
export const VERDICTS = ['send', 'move', 'stop'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why: one code each, said in words by the web apps. */
export const BECAUSE = [
  'service',
  'consent',
  'no_objection',
  'no_address',
  'no_consent',
  'withdrawn',
  'practice_mode',
  'quiet_hours',
  'sunday',
  'holiday',
  'too_late',
] as const;
export type Because = (typeof BECAUSE)[number];

/** What a note of a customer is about; `medical` is read by whoever may read such notes. */
export const CUSTOMER_NOTE_TYPES = ['general', 'complaint', 'feedback', 'medical'] as const;
export type CustomerNoteType = (typeof CUSTOMER_NOTE_TYPES)[number];
