/** What the days and the hours of one request can be once they are dated. Made by days.ts and hours.ts, joined by compose.ts. */
import type { WallDate } from '../../time.ts';

export type Days =
  | { kind: 'none' }
  | { kind: 'date'; date: WallDate; note?: string }
  | { kind: 'dates'; dates: WallDate[] }
  | { kind: 'range'; from: WallDate | null; to: WallDate | null };

export type Hours =
  | { kind: 'none' }
  /** `closing`: the hour is the closing time. */
  | { kind: 'clock'; minute: number; closing?: true; note?: string }
  | {
      kind: 'window';
      from: number | null;
      to: number | null;
      note?: string /** only parts of the morning were named */;
      morning?: true;
    }
  | { kind: 'in'; minutes: number };
