/** Many items of master data at once, whatever is there (seed, import): all or none. References and stranded appointments are not asked. */
import { err, ok } from '../../../shared/result.ts';
import { itemToStore } from '../rules/put-schedule.ts';
import { MAX_BATCH_ITEMS } from '../bounds.ts';
import { LIMITED_KINDS, type PutScheduleMany } from './inputs.ts';
import type { ScheduleInput, ScheduleItem } from '../master-data.ts';
import { calendarCommand, listOf } from './command.ts';
import { bodyNeeded, itemPut, roomRefusal, withBody } from './schedule-items.ts';

/** Refusals: VALIDATION_ERROR (fields as `items.3.name`), LIMIT_REACHED (there would be more than `most` of a kind). */
export const putScheduleMany = calendarCommand<PutScheduleMany, { put: number; scheduleVersion: number }>({
  name: 'putScheduleMany',
  made: ['most'],
  // It was accepted once: a restore does not count again.
  unrecorded: ['items.body', 'most'],
  decide(store, command, now) {
    if (command.items.length === 0 || command.items.length > MAX_BATCH_ITEMS)
      return err({ code: 'VALIDATION_ERROR', errors: { items: [`1 to ${MAX_BATCH_ITEMS}`] } });
    for (const kind of LIMITED_KINDS) {
      const isNew = ({ kind: of, id }: ScheduleInput): boolean =>
        of === kind && store.schedule.item(of, id)?.removedAt !== null;
      const more = new Set(command.items.filter(isNew).map(({ id }) => id)).size;
      const over = roomRefusal(store.schedule.current(), kind, more, command.most?.[kind]);
      if (over) return over;
    }
    const stored: { item: ScheduleItem; before: ScheduleItem | null }[] = [];
    for (const [i, input] of command.items.entries()) {
      const known = store.schedule.item(input.kind, input.id);
      const decided = itemToStore(input, known?.item.version ?? 0, known !== null, null, now);
      if (!decided.ok) {
        if (decided.error.code !== 'VALIDATION_ERROR') return decided;
        return err({
          code: 'VALIDATION_ERROR',
          errors: Object.fromEntries(
            Object.entries(decided.error.errors).map(([field, texts]) => [`items.${i}.${field}`, texts]),
          ),
        });
      }
      store.schedule.save(decided.value, null);
      stored.push({ item: decided.value, before: known?.removedAt === null ? known.item : null });
    }
    const scheduleVersion = store.schedule.bump();
    return ok({
      value: { put: stored.length, scheduleVersion },
      events: stored.map(({ item, before }) => itemPut(item, before, scheduleVersion)),
    });
  },
  needs: (command) => ({ items: listOf(command['items']).map(bodyNeeded) }),
  restore: (command, drained) => ({
    ...command,
    items: listOf(command['items']).map((item) => withBody(item, drained)),
  }),
});
