/** Where a message of a channel reaches a customer. Called by notify.ts, may-send.ts and commands. */
import { lazy } from '../../shared/lazy.ts';
import { isPlaceholderEmail } from '../../shared/placeholder-email.ts';
import type { Channel } from '../storage/queries/consents.ts';
import type { CustomerWithLine } from '../storage/queries/customers.ts';

const phone = lazy(() => import('../../shared/phone.ts'));

/** A mobile number, or an address that is somebody's; null: this channel does not lead to them. */
export async function addressOf(customer: CustomerWithLine, channel: Channel): Promise<string | null> {
  if (channel === 'email')
    return customer.email !== null && !isPlaceholderEmail(customer.email) ? customer.email : null;
  return customer.phone !== null && (await phone()).isMobile(customer.phone) ? customer.phone : null;
}
