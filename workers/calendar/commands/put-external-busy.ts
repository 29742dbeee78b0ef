/** The busy times of a person's foreign calendar replace what that calendar said before in a range. */
import { err, ok } from '../../../shared/result.ts';
import { MINUTE } from '../../../shared/time.ts';
import { envelope } from '../events.ts';
import { EXTERNAL_OWNER } from '../rules/slot-decision.ts';
import { MAX_EXTERNAL_BUSY } from '../bounds.ts';
import type { PutExternalBusy } from './inputs.ts';
import { calendarCommand } from './command.ts';

/** Refusals: NOT_FOUND (`staff`), VALIDATION_ERROR (`busy`: at most 1,000 intervals). */
export const putExternalBusy = calendarCommand<PutExternalBusy, { intervals: number }>({
  name: 'putExternalBusy',
  decide(store, command) {
    const { staffId } = command;
    if (!store.schedule.current().staff.has(staffId)) return err({ code: 'NOT_FOUND', entity: 'staff' });
    if (command.busy.length > MAX_EXTERNAL_BUSY)
      return err({ code: 'VALIDATION_ERROR', errors: { busy: [`at most ${MAX_EXTERNAL_BUSY}`] } });
    const busy = command.busy
      .map((one) => ({ from: Math.floor(one.startsAt / MINUTE), to: Math.ceil(one.endsAt / MINUTE) }))
      .filter((one) => one.from < one.to);
    const intervals = store.busy.putExternal(
      staffId,
      `${EXTERNAL_OWNER}${command.calendar}`,
      Math.floor(command.from / MINUTE),
      Math.ceil(command.until / MINUTE),
      busy,
    );
    return ok({ value: { intervals }, events: [envelope({ type: 'external.busy_changed', staffId })] });
  },
});
