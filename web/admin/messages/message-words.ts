/** Looks and words of messages and consents. Read by the pages of messages and of customers. */
import type { NotificationView } from '../../../shared/contract/notifications.ts';
import type { Because, ConsentState, Verdict } from '../../../shared/message-sets.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import type { Words } from '../admin-context.tsx';
import type { Key } from '../kit/view.ts';

export const MESSAGE_LOOK: Readonly<Record<NotificationView['status'], StatusLook>> = {
  pending: { tone: 'info', icon: 'clock' },
  sending: { tone: 'info', icon: 'clock' },
  sent: { tone: 'success', icon: 'check' },
  delivered: { tone: 'success', icon: 'check-double' },
  failed: { tone: 'danger', icon: 'warning' },
  skipped: { tone: 'gray', icon: 'absent' },
  unknown: { tone: 'warning', icon: 'question' },
};

export const CONSENT_LOOK: Readonly<Record<ConsentState, StatusLook>> = {
  given: { tone: 'success', icon: 'check' },
  withdrawn: { tone: 'danger', icon: 'cross' },
};

export const VERDICT_LOOK: Readonly<Record<Verdict, StatusLook>> = {
  send: { tone: 'success', icon: 'check' },
  move: { tone: 'info', icon: 'clock' },
  stop: { tone: 'danger', icon: 'cross' },
};

export const becauseKey = (because: Because): Key => `messages.because.${because}`;

/** What is told, in words; of an event without words of its own its group's. */
export function eventWord({ t }: Words, event: string): string {
  switch (event) {
    case 'appointment.confirmed':
      return t('messages.event.confirmed');
    case 'appointment.rescheduled':
      return t('messages.event.rescheduled');
    case 'appointment.cancelled':
      return t('messages.event.cancelled');
    case 'appointment.reminder':
      return t('messages.event.reminder');
    case 'customer.message':
      return t('messages.event.written');
    case 'caller.code':
      return t('messages.event.code');
    default:
      return t(event.startsWith('balance.') ? 'messages.event.balance' : 'messages.event.account');
  }
}
