/** Pure: days and times of day as people type and read them, the same in every browser. Called by date and time fields of both apps. */

const two = (n: number): string => String(n).padStart(2, '0');

/** Whether year, month and day are a day of the calendar. */
const isDay = (year: number, month: number, day: number): boolean => {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
};

/** Day, month, year between points, strokes, dashes or blanks: both our languages write the day first. */
const TYPED = /^(\d{1,2})[./\-\s]+(\d{1,2})[./\-\s]+(\d{4}|\d{2})$/;
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
/** The day without a year: the one of `near`. */
const SHORT = /^(\d{1,2})[./]+(\d{1,2})[./]?$/;
/** Two digits of a year: this century. */
const CENTURY = 2000;

/**
 * A day as typed: "24.11.2026", "24.11.26", "24/11/2026", "2026-11-24", and "24.11." in the year of `near`. @returns YYYY-MM-DD; null when it
 * is no day
 */
export function readDate(text: string, near: string): string | null {
  const bare = text.trim();
  const iso = ISO.exec(bare);
  const typed = TYPED.exec(bare);
  const short = SHORT.exec(bare);
  const [day, month, year] = iso
    ? [iso[3], iso[2], iso[1]]
    : typed
      ? [typed[1], typed[2], typed[3]]
      : [short?.[1], short?.[2], near.slice(0, 4)];
  if (day === undefined || month === undefined || year === undefined) return null;
  const whole = Number(year) + (year.length === 2 ? CENTURY : 0);
  if (!isDay(whole, Number(month), Number(day))) return null;
  return `${String(whole).padStart(4, '0')}-${two(Number(month))}-${two(Number(day))}`;
}

/** Whether more digits may follow: "24.11.20" is on its way to 2026 while it is typed. */
export const isWholeDate = (text: string): boolean =>
  ISO.test(text.trim()) || (TYPED.exec(text.trim())?.[3]?.length ?? 0) === 4;

/** "24.11.2026" in German, "24/11/2026" in English; what is no day stays as it is. */
export function dateText(date: string, language: string): string {
  const found = ISO.exec(date);
  if (!found) return date;
  const [, year = '', month = '', day = ''] = found;
  return [day, month, year].join(language === 'de' ? '.' : '/');
}

/** The Monday-first weeks that show a month, whole weeks, as days. @param month YYYY-MM */
export function weeksOf(month: string): string[][] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const first = Date.UTC(year, number - 1, 1);
  const lead = (new Date(first).getUTCDay() + 6) % 7;
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: Math.ceil((lead + length) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => dateAfter(`${month}-01`, week * 7 + day - lead)),
  );
}

const DAY_MS = 86_400_000;

/** The day so many days later. */
export const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The same day so many months later; the last one of a month that is too short. */
export function monthAfter(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** "9" → "09:00", "930" → "09:30", "18.30", "7 Uhr", "24" → "24:00"; null when it is no time of a day. */
export function readTime(text: string): string | null {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/\s*(uhr|h)$/, '');
  const found = /^(\d{1,2})(?:[:.,\s](\d{2}))?$/.exec(bare) ?? /^(\d{1,2})(\d{2})$/.exec(bare);
  if (!found) return null;
  const hours = Number(found[1]);
  const minutes = Number(found[2] ?? '0');
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null;
  return `${two(hours)}:${two(minutes)}`;
}
