/** What customers are called in lists and titles. Named by their view and by that of tags. */
import type { Customer } from '../../../shared/contract/customers.ts';

/** Whoever has no name is called by what can be written or rung. */
export const customerName = (row: Pick<Customer, 'name' | 'email' | 'phones'>): string | null =>
  row.name ?? row.email ?? row.phones[0]?.e164 ?? null;
