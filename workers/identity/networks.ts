/** Where requests of an account's people come from, as its networks are compared. Called by sessions.ts and commands/change-networks.ts. */
import { isWithin } from '../../shared/network.ts';

/** Without Cloudflare before it (development) the browser sits at this machine. */
export const shownAddress = (address: string): string => (address === 'local' ? '127.0.0.1' : address);

/** Whether an address lies in one of the networks. */
export const isFrom = (address: string, networks: readonly string[]): boolean =>
  isWithin(shownAddress(address), networks);
