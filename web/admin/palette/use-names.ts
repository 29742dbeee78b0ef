/** What a line's words are compared with, and the hours in which the grammar looks for an hour. Asked once while the palette is open. */
import { useMemo } from 'react';
import type { HoursView } from '../../../shared/contract/hours.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import type { OpenSpan } from '../../../shared/spoken-time/index.ts';
import { minutesOf, weekdayOf, type WallDate } from '../../../shared/time.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';

const MAX_LISTED = 100;
/** Of a branch whose hours nobody may tell us. */
const DAY_SPAN: OpenSpan = { from: 8 * 60, to: 20 * 60 };

export interface Names {
  services: readonly ServiceView[];
  staff: readonly StaffView[];
  openOn: (date: WallDate) => readonly OpenSpan[];
}

/** Null: not there yet, or nobody books here. @param branchId whose hours count */
export function useNames(branchId: string | null): Names | null {
  const { language } = useWords();
  const { api } = useAdmin();
  const mayBook = useMay('create_appointments') && branchId !== null;
  const maySeeServices = useMay('view_services');
  const maySeeStaff = useMay('view_staff');
  const maySeeHours = useMay('view_working_hours');
  const list =
    <T>(path: string, query: Record<string, string | number>) =>
    (signal: AbortSignal) =>
      api.get<{ data: T[] }>(path, { limit: MAX_LISTED, ...query }, signal);
  const active = { active: 'true', sort: 'name' };
  const services = useAnswer(
    mayBook && maySeeServices ? 'services' : null,
    list<ServiceView>('/api/v1/services', active),
    { language },
  );
  const staff = useAnswer(mayBook && maySeeStaff ? 'staff' : null, list<StaffView>('/api/v1/staff', active), {
    language,
  });
  const hours = useAnswer(
    mayBook && maySeeHours ? `hours ${branchId}` : null,
    list<HoursView>('/api/v1/working-hours', { branch_id: branchId ?? '' }),
    { language },
  );
  return useMemo(() => {
    if (services.body === null || staff.body === null) return null;
    if (maySeeHours && hours.body === null && hours.fault === null) return null;
    const spans = new Map<number, OpenSpan>();
    for (const { day_of_week, periods } of hours.body?.data ?? [])
      for (const { from, to } of periods) {
        const before = spans.get(day_of_week);
        spans.set(day_of_week, {
          from: Math.min(before?.from ?? 1_440, minutesOf(from)),
          to: Math.max(before?.to ?? 0, minutesOf(to)),
        });
      }
    // Only which half of the day an hour is in is decided by it: whether somebody is there says availability.
    const openOn = (date: WallDate): OpenSpan[] => [spans.get(weekdayOf(date)) ?? DAY_SPAN];
    return { services: services.body.data, staff: staff.body.data, openOn };
  }, [services.body, staff.body, hours.body, hours.fault, maySeeHours]);
}
