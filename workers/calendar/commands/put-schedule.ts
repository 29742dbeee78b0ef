/** An item of master data is written: parsed, its references known, nobody stranded unless confirmed. */
import { err, ok } from '../../../shared/result.ts';
import { itemToStore, unknownReference } from '../rules/put-schedule.ts';
import type { PutSchedule, PutScheduleAnswer } from '../types.ts';
import { calendarCommand } from './command.ts';
import { bodyNeeded, itemPut, strandedWith, withBody } from './master-data.ts';

interface Stored {
  version: number;
  scheduleVersion: number;
  stranded: number;
}

/** Refusals: NOT_FOUND (mustExist, references), VALIDATION_ERROR, VERSION_CONFLICT, IN_USE. */
export const putSchedule = calendarCommand<PutSchedule, Stored, PutScheduleAnswer>({
  name: 'putSchedule',
  unrecorded: ['body'],
  decide(store, command, now) {
    const known = store.schedule.item(command.kind, command.id);
    const exists = known !== null && known.removedAt === null;
    if (command.mustExist && !exists) return err({ code: 'NOT_FOUND', entity: command.kind });
    const decided = itemToStore(command, known?.item.version ?? 0, exists, command.expectedVersion, now);
    if (!decided.ok) return decided;
    const item = decided.value;
    const unknown = unknownReference(store.schedule.current(), item);
    if (unknown) return unknown;
    const stranded = strandedWith(store, { put: item }, command.confirm ?? false, now);
    if (!stranded.ok) return stranded;
    store.schedule.save(item, null);
    const scheduleVersion = store.schedule.bump();
    return ok({
      value: { version: item.version, scheduleVersion, stranded: stranded.value },
      events: [itemPut(item, exists ? known.item : null, scheduleVersion)],
    });
  },
  answer(store, { scheduleVersion, stranded }, { kind, id }) {
    const stored = store.schedule.item(kind, id);
    return stored ? ok({ item: stored.item, scheduleVersion, stranded }) : err({ code: 'NOT_FOUND', entity: kind });
  },
  needs: (command) => ({ items: [bodyNeeded(command)] }),
  // It was accepted once: neither versions nor stranded appointments are asked again.
  restore: (command, drained) => ({ ...withBody(command, drained), confirm: true, expectedVersion: null }),
});
