/** Customers found while somebody types: name, number or address, as the list of customers finds them. Called by fields that ask for a person. */
import { useEffect, useState } from 'react';
import type { Customer } from '../../../shared/contract/customers.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords, type Words } from '../admin-context.tsx';

/** Typing rests this long before anybody is looked for. */
const TYPING_MS = 200;
const MOST_FOUND = 8;
export const CUSTOMERS = '/api/v1/customers';

/** What somebody is called where one is chosen: the name, else the number. */
export const shownCustomer = ({ name, phones }: Customer, t: Words['t']): string =>
  name ?? phones[0]?.e164 ?? t('customers.nameless');

/** The value once it has rested. */
export function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), TYPING_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/** Who is found; null while nothing is asked or nothing has come. @param by `q` name or number, `phone` the very number */
export function useFoundCustomers(typed: string, by: 'q' | 'phone' = 'q'): readonly Customer[] | null {
  const { language } = useWords();
  const { api } = useAdmin();
  const asked = useRested(typed.trim());
  const { body } = useAnswer<{ data: Customer[] }>(
    asked === '' || typed.trim() === '' ? null : `${by} ${asked}`,
    (signal) => api.get(CUSTOMERS, { [by]: asked, limit: MOST_FOUND }, signal),
    { language },
  );
  return body?.data ?? null;
}
