/** What is said after a booking, with its Undo: the cancellation without a word to the customer. Called by the booking form and by the palette. */
import { notifications } from '@mantine/notifications';
import type { BookResponse } from '../../../shared/contract/appointments.ts';
import { faultText } from '../../ui/fault-text.ts';
import { shortDay, time as clock } from '../../ui/format.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { showUndo } from '../undo-notice.tsx';
import { UNDO_MS } from './deferred.ts';

/** @param onTakenBack the booking was taken back, or that was refused: what shows it is read anew */
export function useBookedNotice(onTakenBack?: () => void): (body: BookResponse, name: string, zone: string) => void {
  const { t, language, catalogue } = useWords();
  const { api } = useAdmin();

  /** Without a word to the customer, who has been promised nothing yet. */
  async function takeBack(body: BookResponse, name: string): Promise<void> {
    const answer = await api.delete(`/api/v2/bookings/${encodeURIComponent(body.appointment_id)}`, {
      notify_customer: false,
      confirm: true,
      expected_version: body.version,
    });
    onTakenBack?.();
    notifications.show(
      answer.ok
        ? { message: t('booking.undone', { customer: name }) }
        : { color: 'red', message: faultText(catalogue, answer.fault), autoClose: 10_000 },
    );
  }

  return (body, name, zone) =>
    showUndo({
      message: t('booking.done', {
        customer: name,
        date: shortDay(body.starts_at, zone, language),
        time: clock(body.starts_at, zone, language),
        staff: body.staff_name,
      }),
      undo: t('action.undo'),
      onUndo: () => void takeBack(body, name),
      forMs: UNDO_MS,
    });
}
