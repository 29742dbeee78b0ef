/** Warns in time before the holiday data ends. Called by dev/check/check.ts. */
import { HOLIDAY_YEARS } from '../../shared/holidays.ts';

/** Callers are understood 550 days ahead, calendars look further, and a release takes its time: fewer years left are a problem. */
const YEARS_AHEAD = 3;

/** @returns a problem when fewer than YEARS_AHEAD whole years of holidays lie ahead */
export function endingHolidays(year: number): string[] {
  return year + YEARS_AHEAD <= HOLIDAY_YEARS.last
    ? []
    : [
        `shared/holiday-data.ts ends with ${HOLIDAY_YEARS.last}: move the years of dev/holidays/generate.ts on, run it, read the diff`,
      ];
}
