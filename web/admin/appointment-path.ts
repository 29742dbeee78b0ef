/** Where an appointment is shown: its day in the calendar, with its drawer open. Called by lists that name appointments. */
import { wallDateIn } from '../ui/format.ts';

export function appointmentPath(row: { id: string; branch_id: string; starts_at: string; time_zone: string }): string {
  const date = wallDateIn(row.starts_at, row.time_zone);
  return `/admin/appointments/calendar?${new URLSearchParams({ branch: row.branch_id, date, appointment: row.id })}`;
}
