/** An item of master data is written: parsed, its references known, nobody stranded unless confirmed. */
import { err, ok } from '../../../shared/result.ts';
import { itemToStore, unknownReference } from '../rules/put-schedule.ts';
import type { PutSchedule, PutScheduleAnswer } from './inputs.ts';
import { calendarCommand } from './command.ts';
import { ANY_SET, bodyNeeded, itemPut, roomRefusal, strandedWith, withBody } from './schedule-items.ts';

interface Stored {
  /** of the item that was made; absent where the command named it */
  id?: string;
  version: number;
  scheduleVersion: number;
  stranded: number;
}

/**
 * Writes one item of master data, parsed here.
 *
 * Refusals: NOT_FOUND (`mustExist` and it does not; an id it refers to is not this tenant's), VALIDATION_ERROR (by field), VERSION_CONFLICT,
 * LIMIT_REACHED (a new one, and there are `most` already), WOULD_STRAND (future appointments would lose their place; confirmed by `confirmSet`).
 */
export const putSchedule = calendarCommand<PutSchedule, Stored, PutScheduleAnswer>({
  name: 'putSchedule',
  // A new item's id is made for it: a repeat brings another one and is answered with the first.
  made: ({ expectedVersion }) => (expectedVersion === 0 ? ['id', 'most'] : ['most']),
  // It was accepted once: a restore does not count again.
  unrecorded: ['body', 'most'],
  decide(store, command, now) {
    const known = store.schedule.item(command.kind, command.id);
    const exists = known !== null && known.removedAt === null;
    if (command.mustExist && !exists) return err({ code: 'NOT_FOUND', entity: command.kind });
    // A company that was closed while branches stay with it is there, and counts again.
    const isClosed = exists && known.item.kind === 'company' && known.item.body.archived;
    const more = exists && !isClosed ? 0 : 1;
    const over = roomRefusal(store.schedule.current(), command.kind, more, command.most);
    if (over) return over;
    const decided = itemToStore(command, known?.item.version ?? 0, exists, command.expectedVersion, now);
    if (!decided.ok) return decided;
    const item = decided.value;
    const unknown = unknownReference(store.schedule.current(), item);
    if (unknown) return unknown;
    const stranded = strandedWith(
      store,
      { put: item },
      command,
      // A new item's id is another one with each request.
      command.expectedVersion === 0 ? `${item.kind}/*/0` : `${item.kind}/${item.id}/${known?.item.version ?? 0}`,
      now,
    );
    if (!stranded.ok) return stranded;
    store.schedule.save(item, null);
    const scheduleVersion = store.schedule.bump();
    return ok({
      value: { id: item.id, version: item.version, scheduleVersion, stranded: stranded.value },
      events: [itemPut(item, exists ? known.item : null, scheduleVersion)],
    });
  },
  answer(store, { id, scheduleVersion, stranded }, { kind, id: asked }) {
    const stored = store.schedule.item(kind, id ?? asked);
    return stored ? ok({ item: stored.item, scheduleVersion, stranded }) : err({ code: 'NOT_FOUND', entity: kind });
  },
  needs: (command) => ({ items: [bodyNeeded(command)] }),
  // It was accepted once: neither versions nor stranded appointments are asked again.
  restore: (command, drained) => ({
    ...withBody(command, drained),
    confirmSet: ANY_SET,
    expectedVersion: null,
  }),
});
