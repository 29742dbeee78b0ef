/** Instants as vendors write them. Pure; called by the *-events.ts readers. */
import { asInstant, type Instant } from '../../shared/clock.ts';

/** The year 2100: later moments are a wrong unit, would be the last word for ever, and could be neither stored nor shown. */
const MAX_INSTANT_MS = Date.UTC(2100, 0, 1);

/** Null for a moment (ms, NaN allowed) at which nothing of ours can have been. */
export const plausibleInstant = (ms: number): Instant | null => (ms > 0 && ms < MAX_INSTANT_MS ? asInstant(ms) : null);
