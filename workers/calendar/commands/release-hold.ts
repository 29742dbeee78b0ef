/** A hold is given up before it lapses. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import type { ReleaseHold } from './inputs.ts';
import { calendarCommand } from './command.ts';
import { released } from './hold-parts.ts';

/** Frees what a hold kept. Refusals: NOT_FOUND (`hold`: released, lapsed or never placed). */
export const releaseHold = calendarCommand<ReleaseHold, { released: boolean }>({
  name: 'releaseHold',
  decide(store, command) {
    const hold = store.holds.find(command.lockToken);
    if (!hold) return err({ code: 'NOT_FOUND', entity: 'hold' });
    store.holds.remove(hold.lockToken);
    return ok({ value: { released: true }, events: [envelope(released(hold))] });
  },
});
