/** „four less ten, so fifteen fifty", „halb vier, also 15:30": an hour that is said twice. Called by hours.ts before the opening hours decide. */
import type { Clock, TimeTerm } from '../grammar/terms.ts';

const HALF_DAY = 720;

/** How sure a wording of an hour is: „half to four", „half past three", „15:30". */
const sureness = ({ unsure, strict }: Clock): number => (unsure ? 0 : strict ? 2 : 1);

/** The terms with each hour once, in its surest wording; hours that differ all stay, and are asked. */
export const saidOnce = (terms: readonly TimeTerm[]): TimeTerm[] =>
  terms.filter(
    (term) =>
      term.t !== 'clock' ||
      !terms.some(
        (other) =>
          other.t === 'clock' &&
          other.clock.minute % HALF_DAY === term.clock.minute % HALF_DAY &&
          sureness(other.clock) > sureness(term.clock),
      ),
  );

/** An hour that is meant in two ways and that nothing said beside it makes clear. */
export const unsureClock = (terms: readonly TimeTerm[]): Clock | undefined =>
  terms
    .flatMap((term) => ('clock' in term ? [term.clock] : term.t === 'between' ? [term.from, term.to] : []))
    .find((clock) => clock.unsure);
