/** Ids and instants that look alike are told apart by the compiler: each `@ts-expect-error` fails the type check when it is let through. */
import { describe, expect, it } from 'vitest';
import { asInstant, type EpochMinute } from './clock.ts';
import { type IdOrText, newId } from './ids.ts';

describe('ids', () => {
  it('of another kind are refused where the kind is known', () => {
    const find = (id: IdOrText<'apt'>): string => id;
    const appointment = newId('appointment', 0);
    expect(find(appointment)).toBe(appointment);
    // A row of SQLite says no kind.
    expect(find('apt_of_a_row')).toBe('apt_of_a_row');
    const customer = newId('customer', 0);
    // @ts-expect-error a customer is no appointment
    expect(find(customer)).toBe(customer);
  });
});

describe('minutes', () => {
  it('are no instants, and instants no minutes', () => {
    const hours = (minute: EpochMinute): number => minute / 60;
    expect(hours(120 + 60)).toBe(3);
    // @ts-expect-error an instant counts milliseconds
    expect(hours(asInstant(180))).toBe(3);
  });
});
