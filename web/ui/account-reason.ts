/** Why an account is past due, suspended or closed, in words: ours for what a date did, else those of whoever did it. Called by bar and pages. */
export type ReasonKey = 'account.reason.trial_ended' | 'account.reason.past_due';

export function accountReason(reason: string | null | undefined, t: (key: ReasonKey) => string): string | null {
  if (reason === 'trial_ended') return t('account.reason.trial_ended');
  if (reason === 'past_due') return t('account.reason.past_due');
  return reason ?? null;
}
