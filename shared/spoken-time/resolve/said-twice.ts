/** „four less ten, so fifteen fifty", „halb vier, also 15:30": an hour that is said twice. Called by hours.ts before the opening hours decide. */
import type { Clock, TimeTerm } from '../grammar/terms.ts';

const HALF_DAY = 720;
const FULL_DAY = 1440;

/** How sure a wording of an hour is: „half to four", „half past three", „15:30". */
const sureness = ({ unsure, strict }: Clock): number => (unsure ? 0 : strict ? 2 : 1);

/** The terms with each hour once, in its surest wording; hours that differ all stay, and are asked. */
export const saidOnce = (terms: readonly TimeTerm[]): TimeTerm[] =>
  terms.filter(
    (term, i) =>
      term.t !== 'clock' ||
      !terms.some(
        (other, k) =>
          other.t === 'clock' && (isSurer(other.clock, term.clock) || (k > i && explains(other.clock, term.clock))),
      ),
  );

const isSurer = (other: Clock, clock: Clock): boolean =>
  other.minute % HALF_DAY === clock.minute % HALF_DAY && sureness(other) > sureness(clock);

/** „half eleven like we say in Germany, so ten thirty": the hour behind says which half was meant. */
const explains = (other: Clock, clock: Clock): boolean =>
  clock.half === true && !other.half && !other.unsure && (clock.minute - other.minute + FULL_DAY) % HALF_DAY === 60;

/** An hour that is meant in two ways and that nothing said beside it makes clear. */
export const unsureClock = (terms: readonly TimeTerm[]): Clock | undefined =>
  terms
    .flatMap((term) => ('clock' in term ? [term.clock] : term.t === 'between' ? [term.from, term.to] : []))
    .find((clock) => clock.unsure);
