/** What the customers' commands, job steps and resource share: the noun, its table, a line. */
import { customers } from '../storage/tables/crm.ts';

export const CUSTOMER_KIND = { noun: 'customer', log: 'customers', table: customers } as const;

/** A number as it identifies a person: E.164 and, behind a switchboard, the extension ('' = none). */
export interface Line {
  e164: string;
  extension: string;
}
