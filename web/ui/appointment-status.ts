/** The one table of appointment states as people see them: tone and icon; the words are in the catalogues. */
import { allowedActions, type AppointmentStatus, type StatusActionPath } from '../../shared/appointment-status.ts';
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

/** The action as a path says it. */
const PATH_OF = { confirm: 'confirm', complete: 'complete', no_show: 'no-show' } as const;

interface Timed {
  status: AppointmentStatus;
  starts_at: string;
}

export const hasStarted = ({ starts_at }: Pick<Timed, 'starts_at'>, now: number): boolean =>
  now >= Date.parse(starts_at);

/** What may be said of an appointment at `now`: what the server would let pass, by the same rule. */
export const offeredActions = ({ status, starts_at }: Timed, now: number): OfferedAction[] =>
  allowedActions({ status, startsAt: Date.parse(starts_at) }, now).flatMap((action) =>
    action === 'start' ? [] : [PATH_OF[action]],
  );

/** The state an action leads to. */
export const STATE_AFTER = {
  confirm: 'confirmed',
  complete: 'completed',
  'no-show': 'no_show',
} as const satisfies Record<OfferedAction, AppointmentStatus>;
