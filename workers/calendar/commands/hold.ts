/** A slot is kept for somebody for minutes, under a token that a booking may present. A call's new hold replaces its old one. */
import { ok } from '../../../shared/result.ts';
import { refuseHold } from '../rules/caller-limits.ts';
import { envelope } from '../events.ts';
import { decideHold, holdKey, holdOwner } from '../rules/hold.ts';
import type { HoldAnswer, PlaceHold } from './inputs.ts';
import type { Hold } from '../rows.ts';
import { refuseWithheldShare } from './caller-limits.ts';
import { calendarCommand } from './command.ts';
import { held, namedHold, nameless, released } from './hold-parts.ts';
import { countLostSlot } from './lost-slot.ts';

/**
 * Keeps a slot for `ttlSeconds` (1 to the bound of calendar-limits.ts; 300 unless told).
 *
 * Refusals: NOT_FOUND (unknown or inactive `service`, `staff`, `branch`), VALIDATION_ERROR (`ttl_seconds`, a token in use, start, length,
 * party size, a quote of another slot), TENANT_SUSPENDED, LIMIT_REACHED (holds of an owner, an API key or a line; share of withheld
 * numbers), QUOTE_STALE, APPOINTMENT_CONFLICT.
 */
export const hold = calendarCommand<PlaceHold, { hold: Hold }, HoldAnswer>({
  name: 'hold',
  made: ['lockToken', 'quote', 'caller'],
  unrecorded: ['quote', 'caller'],
  decide(store, command, now) {
    const owned = store.holds.live('owner', holdOwner(command), now);
    const callHolds = command.callId ? owned : [];
    const { caller } = command;
    if (caller) {
      const others = store.holds.ofCaller(caller.line, now).filter((one) => one.callId !== command.callId);
      const tooMany = refuseHold(caller, others.length);
      if (tooMany) return tooMany;
    }
    const key = holdKey(command);
    const decided = decideHold(
      {
        schedule: store.schedule.current(),
        busy: store.busy,
        callHolds,
        ownerHolds: command.callId ? 0 : owned.length,
        keyHolds: key === null ? 0 : store.holds.count(key, now),
        exists: store.holds.find(command.lockToken) !== null,
      },
      command,
      now,
    );
    if (!decided.ok) return decided;
    const { occupations, replaced } = decided.value;
    const placed: Hold = { ...decided.value.hold, slot: nameless(decided.value.hold.slot) };
    const share = caller ? refuseWithheldShare(store, caller, placed.slot, occupations, replaced, now) : null;
    if (share) return share;
    for (const token of replaced) store.holds.remove(token);
    store.busy.occupy(placed.lockToken, occupations, placed.expiresAt, now);
    store.holds.save(placed, caller ?? null);
    store.wakeAt(placed.expiresAt);
    return ok({ value: { hold: placed }, events: [...callHolds.map(released), held(placed)].map(envelope) });
  },
  answer(store, value) {
    const named = namedHold(store, value.hold);
    return ok({ hold: named, slot: named.slot });
  },
  after: countLostSlot,
});
