/** An imported calendar of a person is taken away, with all its times. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import { calendarCommand } from './command.ts';
import type { RemoveBusySource } from './inputs.ts';
import { ownerOfSource } from './replace-busy-source.ts';

/** Refusals: NOT_FOUND (`busy_source`; also another person's). */
export const removeBusySource = calendarCommand<RemoveBusySource, { times: number }>({
  name: 'removeBusySource',
  decide(store, { sourceId, staffId }) {
    const known = store.busySources.find(sourceId);
    if (known?.staffId !== staffId) return err({ code: 'NOT_FOUND', entity: 'busy_source' });
    store.busy.vacate(ownerOfSource(sourceId));
    store.busySources.remove(known);
    const { importId, times: before } = known;
    return ok({
      value: { times: before },
      events: [envelope({ type: 'busy_source.removed', sourceId, staffId, importId, times: 0, before })],
    });
  },
});
