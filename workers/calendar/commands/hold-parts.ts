/** What is said of a hold: its events, which name it by a hash of its token, and the hold with the present name of its person. */
import { sha256Hex } from '../../object-runtime/hash.ts';
import type { CalendarStore } from '../store/store.ts';
import type { Hold, Slot, Visit } from '../rows.ts';
import type { CalendarEvent } from '../events.ts';

/** Who reads an event must not be able to book by it. */
const tokenHash = (lockToken: string): string => sha256Hex(lockToken).slice(0, 24);

export const held = ({ lockToken, expiresAt, slot: { staffId, startsAt, endsAt } }: Hold): CalendarEvent => ({
  type: 'hold.placed',
  lockTokenHash: tokenHash(lockToken),
  staffId,
  startsAt,
  endsAt,
  expiresAt,
});
export const released = ({ lockToken, slot: { staffId, startsAt } }: Hold): CalendarEvent => ({
  type: 'hold.released',
  lockTokenHash: tokenHash(lockToken),
  staffId,
  startsAt,
});

export const namedHold = (store: CalendarStore, hold: Hold): Hold => ({
  ...hold,
  slot: {
    ...hold.slot,
    staffName: nameOf(store, hold.slot),
    ...(hold.slot.party ? { party: hold.slot.party.map((one) => ({ ...one, staffName: nameOf(store, one) })) } : {}),
  },
});

const nameOf = (store: CalendarStore, { staffId }: Visit): string =>
  store.schedule.current().staff.get(staffId)?.name ?? '';

/** Rows and logs keep ids: the names are put back when the hold is answered. */
export const nameless = (slot: Slot): Slot => ({
  ...slot,
  staffName: '',
  ...(slot.party ? { party: slot.party.map((one) => ({ ...one, staffName: '' })) } : {}),
});
