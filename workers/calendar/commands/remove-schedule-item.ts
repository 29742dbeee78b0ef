/** An item of master data is taken away; its version goes on counting, should it come back. */
import { versionConflict } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import type { RemoveScheduleItem, RemoveScheduleItemAnswer } from './inputs.ts';
import { calendarCommand } from './command.ts';
import { ownerOfSource } from './replace-busy-source.ts';
import { ANY_SET, strandedWith } from './schedule-items.ts';

/** Refusals: NOT_FOUND (by its kind), VERSION_CONFLICT, WOULD_STRAND (future appointments would lose their place; confirmed by `confirmSet`). */
export const removeScheduleItem = calendarCommand<
  RemoveScheduleItem,
  { scheduleVersion: number; stranded: number },
  RemoveScheduleItemAnswer
>({
  name: 'removeScheduleItem',
  decide(store, command, now) {
    const known = store.schedule.item(command.kind, command.id);
    if (!known || known.removedAt !== null) return err({ code: 'NOT_FOUND', entity: command.kind });
    const { item } = known;
    if (command.expectedVersion !== null && command.expectedVersion !== item.version) {
      return err(versionConflict(command.expectedVersion, item.version));
    }
    const stranded = strandedWith(store, { removed: command }, command, `${item.kind}/${item.id}/${item.version}`, now);
    if (!stranded.ok) return stranded;
    const removed = { ...item, version: item.version + 1, updatedAt: now };
    store.schedule.save(removed, now);
    // What somebody does elsewhere is not kept once they have gone; imported again, it is back.
    if (item.kind === 'staff')
      for (const source of store.busySources.of(item.id)) {
        store.busy.vacate(ownerOfSource(source.id));
        store.busySources.remove(source);
      }
    const scheduleVersion = store.schedule.bump();
    return ok({
      value: { scheduleVersion, stranded: stranded.value },
      events: [
        envelope({
          type: 'schedule.item_removed',
          kind: item.kind,
          itemId: item.id,
          version: removed.version,
          scheduleVersion,
        }),
      ],
    });
  },
  answer(store, value, { kind, id }) {
    const stored = store.schedule.item(kind, id);
    return stored ? ok({ item: stored.item, ...value }) : err({ code: 'NOT_FOUND', entity: kind });
  },
  // It was accepted once: neither versions nor stranded appointments are asked again.
  restore: (command) => ({ ...command, confirmSet: ANY_SET, expectedVersion: null }),
});
