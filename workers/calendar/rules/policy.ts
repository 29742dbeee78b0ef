/** Where cancellation and reschedule policies will speak; until they are built every change passes. Called by cancel.ts and reschedule.ts. */
import type { Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Appointment, PolicyCheck } from '../../events/calendar.ts';

export interface PolicyVerdict {
  check: PolicyCheck;
  violation: boolean;
  feeCents: number;
  reasons: string[];
}

/** The effective policy's word on this change. Hours of notice are elapsed hours. */
export function policyCheck(_action: 'cancel' | 'reschedule', _appointment: Appointment, _now: Instant): PolicyVerdict {
  return { check: 'passed', violation: false, feeCents: 0, reasons: [] };
}

/** Refusals: POLICY_VIOLATION when blocked, POLICY_CONFIRMATION_REQUIRED when it warns and was not confirmed. */
export function applyPolicy(verdict: PolicyVerdict, confirmed: boolean): Result<PolicyVerdict> {
  switch (verdict.check) {
    case 'passed':
      return ok(verdict);
    case 'blocked':
      return err({ code: 'POLICY_VIOLATION', details: { reasons: verdict.reasons } });
    case 'warning':
      return confirmed
        ? ok({ ...verdict, violation: true })
        : err({
            code: 'POLICY_CONFIRMATION_REQUIRED',
            details: { policy_check: 'warning', cancellation_fee_cents: verdict.feeCents, reasons: verdict.reasons },
          });
  }
}
