/** How long things are kept that a business may choose: days, with what is usual and the limits. Read by the contract, the company's rule and pruning. */

interface RetentionDays {
  /** unless something else was chosen */
  usual: number;
  least: number;
  most: number;
}

export const RETENTION = {
  /** transcripts, summaries and what an analysis made of a call; counted from its start */
  transcript_days: { usual: 90, least: 0, most: 365 },
  /** recordings of calls, in R2; 0: none is kept */
  recording_days: { usual: 90, least: 0, most: 90 },
  /** to whom a message went and what it was made of; the row without both stays 24 months */
  message_days: { usual: 180, least: 30, most: 365 },
  /** bodies of webhooks, in D1 and R2 */
  webhook_days: { usual: 30, least: 7, most: 90 },
  /** the activity log, beside what money and security ask for */
  activity_days: { usual: 365, least: 365, most: 1_096 },
} as const satisfies Record<string, RetentionDays>;
export type RetentionSetting = keyof typeof RETENTION;

/** In practice mode transcripts say what somebody is treated for: they are kept no longer than this. */
export const PRACTICE_TRANSCRIPT_DAYS = 30;
