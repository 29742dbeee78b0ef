/** How calls are named and coloured; shared by list and detail. */
import type { CallStatus } from '../../../shared/call-status.ts';
import type { CallListItem } from '../../../shared/contract/calls.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import type { Words } from '../admin-context.tsx';

export const CALL_LOOK: Readonly<Record<CallStatus, StatusLook>> = {
  ongoing: { tone: 'primary', icon: 'phone' },
  ended: { tone: 'gray', icon: 'check' },
  analyzed: { tone: 'info', icon: 'check-double' },
};

/** The customer's name, else the masked number, else that it was withheld. */
export const callerOf = (call: Pick<CallListItem, 'customer' | 'from_masked'>, t: Words['t']): string =>
  call.customer?.name ?? call.from_masked ?? t('calls.withheld');
