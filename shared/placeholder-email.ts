/**
 * The address that stands at Cal.com for somebody who has none: Cal.com wants one, and would mail it. Ours lies under a name of our own domain
 * that takes no mail. Such an address never becomes a customer's and never gets a message. Called by calendar-sync/, integrations/ and the
 * e-mail channel.
 */

const OURS = 'no-mail';
/** Cal.com invents its own for people who booked by phone. */
const PLACEHOLDER = /@(?:sms\.cal\.com|no-mail\.[^@\s]+)$/i;

/** @param id of what the address stands for: two customers never share one; @param domain our own, without a port */
export const placeholderEmail = (id: string, domain: string): string => `${id}@${OURS}.${domain}`.toLowerCase();

/** Whether an address is a stand-in, ours or Cal.com's. */
export const isPlaceholderEmail = (address: string): boolean => PLACEHOLDER.test(address.trim());
