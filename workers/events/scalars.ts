/** Branded numbers and ids as schemas of event bodies: they check, and change nothing. */
import { z } from 'zod';
import type { Instant } from '../../shared/clock.ts';
import type { EntryId, TopupId } from '../../shared/ids.ts';
import type { Cents, Micros } from '../../shared/money.ts';

const whole = (value: unknown): boolean => Number.isSafeInteger(value);
const text = (value: unknown): boolean => typeof value === 'string' && value.length > 0;

/** epoch milliseconds */
export const instant = z.custom<Instant>(whole, 'not an instant');
/** minor units of the currency */
export const cents = z.custom<Cents>(whole, 'not an amount of minor units');
/** 1e-6 of the currency unit */
export const micros = z.custom<Micros>(whole, 'not an amount of micros');
export const entryId = z.custom<EntryId>(text, 'not an id');
export const topupId = z.custom<TopupId>(text, 'not an id');
