/** The one table of appointment states as people see them: tone and icon; the words are in the catalogues. */
import type { AppointmentStatus, StatusActionPath } from '../../shared/appointment-status.ts';
import type { Sentiment } from '../../shared/call-status.ts';
import type { TopupStatus } from '../../shared/money-status.ts';
import type { IconName } from './icon.tsx';

/** Tones carry meaning, themes give them colours; an icon and a word always accompany them. */
export type Tone = 'warning' | 'success' | 'primary' | 'info' | 'danger' | 'gray';

export interface StatusLook {
  tone: Tone;
  icon: IconName;
}

export const APPOINTMENT_LOOK: Readonly<Record<AppointmentStatus, StatusLook>> = {
  pending: { tone: 'warning', icon: 'clock' },
  confirmed: { tone: 'success', icon: 'check' },
  in_progress: { tone: 'primary', icon: 'play' },
  completed: { tone: 'info', icon: 'check-double' },
  cancelled: { tone: 'danger', icon: 'cross' },
  no_show: { tone: 'gray', icon: 'absent' },
};

export const SENTIMENT_LOOK: Readonly<Record<Sentiment, StatusLook>> = {
  positive: { tone: 'success', icon: 'smile' },
  neutral: { tone: 'gray', icon: 'neutral' },
  negative: { tone: 'danger', icon: 'frown' },
  unknown: { tone: 'gray', icon: 'question' },
};

export const TOPUP_LOOK: Readonly<Record<TopupStatus, StatusLook>> = {
  pending: { tone: 'warning', icon: 'clock' },
  processing: { tone: 'primary', icon: 'play' },
  completed: { tone: 'success', icon: 'check' },
  failed: { tone: 'danger', icon: 'cross' },
  refunded: { tone: 'gray', icon: 'undo' },
  disputed: { tone: 'danger', icon: 'warning' },
};

/** `start` has no button: completing passes through it. */
export type OfferedAction = Exclude<StatusActionPath, 'start'>;

/** Transitions that a state knows; cancelling and moving are offered while `isOpen`. */
const TRANSITIONS: Readonly<Record<AppointmentStatus, readonly OfferedAction[]>> = {
  pending: ['confirm', 'no-show'],
  confirmed: ['complete', 'no-show'],
  in_progress: ['complete'],
  completed: [],
  cancelled: [],
  no_show: [],
};

/** From when on each may be said, after the start: nobody is absent before the hour, nothing done before it begins. The server holds to it too. */
const FROM_START_MS: Readonly<Record<OfferedAction, number>> = {
  confirm: Number.NEGATIVE_INFINITY,
  complete: 0,
  'no-show': 5 * 60_000,
};

interface Timed {
  status: AppointmentStatus;
  starts_at: string;
}

export const hasStarted = ({ starts_at }: Pick<Timed, 'starts_at'>, now: number): boolean =>
  now >= Date.parse(starts_at);

/** What may be said of an appointment at `now`. */
export const offeredActions = (appointment: Timed, now: number): OfferedAction[] =>
  TRANSITIONS[appointment.status].filter((action) => now >= Date.parse(appointment.starts_at) + FROM_START_MS[action]);

/** The state an action leads to. */
export const STATUS_AFTER = {
  confirm: 'confirmed',
  complete: 'completed',
  'no-show': 'no_show',
} as const satisfies Record<OfferedAction, AppointmentStatus>;
