/**
 * The rule of what a push to Cal.com answers: the appointment takes over the booking's uid and is marked as in sync — unless something newer
 * happened here or there meanwhile. Called by commands/link-external.ts inside the object's transaction.
 */
import type { Instant } from '../../../shared/clock.ts';
import type { LinkExternal } from '../commands/inputs.ts';
import type { Appointment, Modification } from '../../events/calendar.ts';
import type { ExternalLink } from './external.ts';
import { isOpen } from '../../../shared/appointment-status.ts';
import { modificationOf, NO_POLICY } from './status.ts';

interface Linked {
  /** the same object as before when nothing changed */
  appointment: Appointment;
  links: ExternalLink[];
  /** Cal.com had cancelled what was pushed */
  cancelled: Modification | null;
}

/** @param link what is known of the uid that the push answered */
export function decideLink(
  before: Appointment,
  link: ExternalLink | null,
  command: Pick<LinkExternal, 'calcomUid' | 'syncStatus' | 'pushedVersion' | 'actor' | 'releases'>,
  now: Instant,
): Linked {
  const { calcomUid: uid, releases = null } = command;
  if (releases !== null) {
    const isHeld = before.calcomUid === releases;
    return {
      appointment: isHeld ? { ...before, calcomUid: null, syncStatus: command.syncStatus } : before,
      links: [{ uid: releases, appointmentId: before.id, state: 'superseded', updatedAt: now }],
      cancelled: null,
    };
  }
  const behind = command.pushedVersion < before.version;
  // Cal.com's own later word may have come before the answer to our push: what it superseded or cancelled stays so. An appointment
  // that was put back has let go of its booking, until a push of its new state finds that booking still standing.
  const overtaken = link?.state === 'superseded' && (behind || before.calcomUid !== null);
  const syncStatus = behind && before.syncStatus === 'pending' ? 'pending' : command.syncStatus;
  const after: Appointment = {
    ...before,
    calcomUid: overtaken ? before.calcomUid : (uid ?? before.calcomUid),
    syncStatus,
  };
  const links: ExternalLink[] = [];
  if (uid !== null && !overtaken) {
    if (before.calcomUid !== null && before.calcomUid !== uid)
      links.push({ uid: before.calcomUid, appointmentId: before.id, state: 'superseded', updatedAt: now });
    links.push({
      uid,
      appointmentId: before.id,
      state: link && link.state !== 'superseded' ? link.state : 'current',
      updatedAt: link?.updatedAt ?? now,
    });
  }
  if ((link?.state === 'cancelled' || link?.state === 'rejected') && isOpen(after.status)) {
    const cancelled: Appointment = {
      ...after,
      status: 'cancelled',
      syncStatus: 'synced',
      version: after.version + 1,
      updatedAt: now,
      cancelledAt: now,
    };
    const modification = modificationOf(
      `mod:${link.uid}`,
      'external_cancel',
      command.actor,
      before,
      cancelled,
      NO_POLICY,
      now,
    );
    return { appointment: cancelled, links, cancelled: modification };
  }
  const unchanged = after.calcomUid === before.calcomUid && after.syncStatus === before.syncStatus;
  return { appointment: unchanged ? before : after, links, cancelled: null };
}
