/** What the commands over calls share: the noun and its table. */
import { calls } from '../storage/tables/calls.ts';

export const CALL_KIND = { noun: 'call', log: 'calls', table: calls } as const;
