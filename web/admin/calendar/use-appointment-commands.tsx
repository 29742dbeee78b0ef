/**
 * What a person does to an appointment: move, cancel, confirm, complete, no-show. Shown at once, taken back with a message when
 * refused, undoable. Called by the calendar page for its grid and drawer.
 */
import { notifications } from '@mantine/notifications';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type {
  CalendarAppointment,
  CancelRequest,
  CancelResponse,
  OfferedSlot,
  RescheduleRequest,
  RescheduleResponse,
  StatusActionRequest,
  StatusActionResponse,
} from '../../../shared/contract/appointments.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { type OfferedAction, STATE_AFTER } from '../../ui/appointment-status.ts';
import { faultText } from '../../ui/fault-text.ts';
import { shortDay, time } from '../../ui/format.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { showUndo } from '../undo-notice.tsx';
import { createDeferred, UNDO_MS } from './deferred.ts';
import { accepted, dropped, expect, type Overlay, pruned } from './overlay.ts';

export interface MoveInput {
  startsAt: string;
  staffId: string;
  reason: string;
  /** another length; undefined: the one it has */
  minutes?: number;
  /** the person has seen that the policy warns and wants it anyway */
  confirm?: boolean;
}

export type MoveOutcome =
  | { kind: 'moved' }
  | { kind: 'conflict'; alternatives: OfferedSlot[] }
  | { kind: 'policy'; reasons: string[] }
  | { kind: 'fault'; fault: ApiFault };

/** A move that was refused after a drop: the drawer opens with the answer. */
export interface RefusedMove {
  appointmentId: string;
  input: MoveInput;
  outcome: MoveOutcome;
}

export interface CancelInput {
  reason: string;
  notify: boolean;
  confirm?: boolean;
}

export type CancelOutcome =
  | { kind: 'cancelled' }
  | { kind: 'policy'; feeCents: number }
  | { kind: 'fault'; fault: ApiFault };

export interface AppointmentCommands {
  overlay: Overlay;
  move: (appointment: CalendarAppointment, input: MoveInput) => Promise<MoveOutcome>;
  cancel: (appointment: CalendarAppointment, input: CancelInput) => Promise<CancelOutcome>;
  setStatus: (appointment: CalendarAppointment, action: OfferedAction) => void;
}

/** `zone` of the branch shown; `reload` re-reads the day after the server has accepted; `rows` are the server's rows. */
export function useAppointmentCommands(
  zone: string,
  rows: readonly CalendarAppointment[],
  reload: () => Promise<void>,
): AppointmentCommands {
  const { api } = useAdmin();
  const words = useWords();
  const { t, language, catalogue } = words;
  const [overlay, setOverlay] = useState<Overlay>({});
  const deferred = useMemo(() => createDeferred(), []);
  /** versions that answers named; newer than the rows until the next read */
  const versions = useRef(new Map<string, number>());
  const versionOf = (appointment: CalendarAppointment): number =>
    Math.max(appointment.version, versions.current.get(appointment.id) ?? 0);
  const accept = (id: string, version: number): void => {
    versions.current.set(id, version);
    setOverlay((before) => accepted(before, id, version));
  };
  const latest = useRef({ versionOf, accept });
  latest.current = { versionOf, accept };

  useEffect(() => setOverlay((before) => pruned(before, rows)), [rows]);
  useEffect(() => {
    addEventListener('pagehide', deferred.flush);
    return () => {
      removeEventListener('pagehide', deferred.flush);
      deferred.flush();
    };
  }, [deferred]);

  const nameOf = useCallback(
    (appointment: CalendarAppointment): string => appointment.customer?.name ?? t('appointment.erased'),
    [t],
  );
  const sayRefused = useCallback(
    (appointment: CalendarAppointment, fault: ApiFault): void => {
      notifications.show({
        color: 'red',
        title: t('appointment.rolled_back', { customer: nameOf(appointment) }),
        message: faultText(catalogue, fault),
        autoClose: 10_000,
      });
    },
    [t, catalogue, nameOf],
  );

  /** The bare request of a move, with the optimistic patch around it. */
  const sendMove = useCallback(
    async (appointment: CalendarAppointment, input: MoveInput): Promise<MoveOutcome & { version?: number }> => {
      const length = input.minutes === undefined ? lengthOf(appointment) : input.minutes * 60_000;
      const endsAt = new Date(Date.parse(input.startsAt) + length).toISOString();
      await deferred.settle(appointment.id);
      const current = { ...appointment, version: latest.current.versionOf(appointment) };
      setOverlay((before) =>
        expect(before, current, { starts_at: input.startsAt, ends_at: endsAt, staff_id: input.staffId }),
      );
      const answer = await api.patch<RescheduleResponse>(
        `/api/v2/bookings/${encodeURIComponent(appointment.id)}/reschedule`,
        {
          new_starts_at: input.startsAt,
          staff_id: input.staffId,
          ...(input.minutes !== undefined && { duration_minutes: input.minutes }),
          // Who comes at the same time need not be told when it ends.
          ...(input.startsAt === appointment.starts_at && { notify_customer: false }),
          expected_version: current.version,
          reason: input.reason,
          ...(input.confirm === true && { confirm: true }),
        } satisfies RescheduleRequest,
        newKey(),
      );
      if (answer.ok) {
        const { version } = answer.body;
        latest.current.accept(appointment.id, version);
        void reload();
        return { kind: 'moved', version };
      }
      setOverlay((before) => dropped(before, appointment.id));
      const { fault } = answer;
      if (fault.code === 'APPOINTMENT_CONFLICT' || fault.code === 'QUOTE_STALE') {
        void reload();
        return { kind: 'conflict', alternatives: alternativesOf(fault) };
      }
      if (fault.code === 'POLICY_CONFIRMATION_REQUIRED') return { kind: 'policy', reasons: reasonsOf(fault) };
      if (fault.code === 'VERSION_CONFLICT') void reload();
      return { kind: 'fault', fault };
    },
    [api, deferred, reload],
  );

  const move = useCallback(
    async (appointment: CalendarAppointment, input: MoveInput): Promise<MoveOutcome> => {
      const outcome = await sendMove(appointment, input);
      if (outcome.kind !== 'moved') return outcome;
      const back = async (): Promise<void> => {
        const undone = await sendMove(appointment, {
          startsAt: appointment.starts_at,
          staffId: appointment.staff_id,
          reason: input.reason,
          ...(input.minutes !== undefined && { minutes: lengthOf(appointment) / 60_000 }),
          confirm: true,
        });
        if (undone.kind === 'moved')
          notifications.show({ message: t('move.undone', { customer: nameOf(appointment) }) });
        else if (undone.kind === 'fault') sayRefused(appointment, undone.fault);
        else notifications.show({ color: 'red', message: t('error.APPOINTMENT_CONFLICT') });
      };
      showUndo({
        message:
          input.minutes !== undefined && input.startsAt === appointment.starts_at
            ? t('resize.done', {
                customer: nameOf(appointment),
                time: time(Date.parse(input.startsAt) + input.minutes * 60_000, zone, language),
              })
            : t('move.done', {
                customer: nameOf(appointment),
                date: shortDay(input.startsAt, zone, language),
                time: time(input.startsAt, zone, language),
              }),
        undo: t('action.undo'),
        onUndo: () => void back(),
        forMs: UNDO_MS,
      });
      return { kind: 'moved' };
    },
    [sendMove, sayRefused, nameOf, t, language, zone],
  );

  /** The same appointment at its old place, if nobody has taken it since. */
  const putBack = useCallback(
    async (appointment: CalendarAppointment): Promise<void> => {
      const answer = await api.post<{ data: { version: number } }>(
        `/api/v1/appointments/${encodeURIComponent(appointment.id)}/restore`,
        {},
        newKey(),
      );
      if (answer.ok) {
        setOverlay((before) => dropped(before, appointment.id));
        versions.current.set(appointment.id, answer.body.data.version);
        notifications.show({ message: t('booking.undo_cancel', { customer: nameOf(appointment) }) });
      } else sayRefused(appointment, answer.fault);
      void reload();
    },
    [api, reload, sayRefused, nameOf, t],
  );

  const cancel = useCallback(
    async (appointment: CalendarAppointment, input: CancelInput): Promise<CancelOutcome> => {
      await deferred.settle(appointment.id);
      setOverlay((before) => expect(before, appointment, { status: 'cancelled' }));
      const answer = await api.delete<CancelResponse>(`/api/v2/bookings/${encodeURIComponent(appointment.id)}`, {
        reason: input.reason,
        notify_customer: input.notify,
        expected_version: latest.current.versionOf(appointment),
        confirm: input.confirm,
      } satisfies { [F in keyof CancelRequest]: CancelRequest[F] | undefined });
      if (answer.ok) {
        latest.current.accept(appointment.id, answer.body.version);
        void reload();
        showUndo({
          message: t('cancel.done', { customer: nameOf(appointment) }),
          undo: t('action.undo'),
          onUndo: () => void putBack(appointment),
          forMs: UNDO_MS,
        });
        return { kind: 'cancelled' };
      }
      setOverlay((before) => dropped(before, appointment.id));
      const { fault } = answer;
      if (fault.code === 'POLICY_CONFIRMATION_REQUIRED') {
        return { kind: 'policy', feeCents: Number(fault.details['cancellation_fee_cents'] ?? 0) };
      }
      if (fault.code === 'VERSION_CONFLICT') void reload();
      return { kind: 'fault', fault };
    },
    [api, deferred, reload, nameOf, putBack, t],
  );

  const setStatus = useCallback(
    (appointment: CalendarAppointment, action: OfferedAction): void => {
      const after = STATE_AFTER[action];
      setOverlay((before) => expect(before, appointment, { status: after }));
      const commit = async (): Promise<void> => {
        const answer = await api.post<StatusActionResponse>(
          `/api/v1/appointments/${encodeURIComponent(appointment.id)}/${action}`,
          { expected_version: latest.current.versionOf(appointment) } satisfies StatusActionRequest,
          newKey(),
        );
        if (answer.ok) latest.current.accept(appointment.id, answer.body.data.version);
        else {
          setOverlay((before) => dropped(before, appointment.id));
          sayRefused(appointment, answer.fault);
        }
        void reload();
      };
      deferred.add(appointment.id, commit);
      showUndo({
        message: t('appointment.status_changed', { customer: nameOf(appointment), status: t(`status.${after}`) }),
        undo: t('action.undo'),
        onUndo: () => {
          if (deferred.undo(appointment.id)) setOverlay((before) => dropped(before, appointment.id));
        },
        forMs: UNDO_MS,
      });
    },
    [api, deferred, reload, sayRefused, nameOf, t],
  );

  return { overlay, move, cancel, setStatus };
}

const lengthOf = ({ starts_at, ends_at }: CalendarAppointment): number => Date.parse(ends_at) - Date.parse(starts_at);
const alternativesOf = (fault: ApiFault): OfferedSlot[] =>
  Array.isArray(fault.details['alternatives']) ? (fault.details['alternatives'] as OfferedSlot[]) : [];
const reasonsOf = (fault: ApiFault): string[] =>
  Array.isArray(fault.details['reasons']) ? fault.details['reasons'].map(String) : [];
