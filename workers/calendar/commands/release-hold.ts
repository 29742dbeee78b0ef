/** A hold is given up before it lapses. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import type { ReleaseHold } from '../types.ts';
import { calendarCommand } from './command.ts';
import { released } from './hold-parts.ts';

/** Refusals: NOT_FOUND. */
export const releaseHold = calendarCommand<ReleaseHold, { released: boolean }>({
  name: 'releaseHold',
  decide(store, command) {
    const hold = store.holds.find(command.lockToken);
    if (!hold) return err({ code: 'NOT_FOUND', entity: 'hold' });
    store.holds.remove(hold.lockToken);
    return ok({ value: { released: true }, events: [envelope(released(hold))] });
  },
});
