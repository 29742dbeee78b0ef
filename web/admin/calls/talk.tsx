/** The words of a call and what the agent did between them. Drawn on the call's page and on the card of a running call. */
import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { CallStep } from '../../../shared/contract/calls.ts';
import { clockDuration } from '../../ui/format.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';
import type { TimelineEntry } from './timeline.ts';

const ICONS: Readonly<Record<string, IconName>> = {
  'check-customer': 'user',
  'check-availability': 'calendar',
  'collect-appointment': 'pen',
  'book-appointment': 'check',
  'reschedule-appointment': 'move',
  'cancel-appointment': 'calendar-off',
  'list-appointments': 'calendar',
  'list-services': 'scissors',
  'opening-hours': 'clock',
  'request-callback': 'phone',
  'send-code': 'chat',
  'check-code': 'check-double',
};

interface TalkProps {
  entries: readonly TimelineEntry[];
  /** where an appointment that was made leads; left out: nowhere */
  toAppointment?: (id: string) => string | null;
}

export function Talk({ entries, toAppointment }: TalkProps) {
  const { t } = useWords();
  return (
    <ol className="transcript">
      {entries.map((entry) =>
        entry.kind === 'did' ? (
          <Deed key={entry.key} step={entry.step} at={entry.at} {...(toAppointment && { toAppointment })} />
        ) : (
          <li key={entry.key} data-role={entry.turn.role}>
            <span className="transcript-who">
              {t(`call.role.${entry.turn.role}`)}
              {entry.turn.at !== null && <span className="transcript-at">{clockDuration(entry.turn.at)}</span>}
            </span>
            <p>{entry.turn.text}</p>
          </li>
        ),
      )}
    </ol>
  );
}

interface DeedProps {
  step: CallStep;
  at: number | null;
  toAppointment?: (id: string) => string | null;
}

function Deed({ step, at, toAppointment }: DeedProps) {
  const { t, catalogue } = useWords();
  const name = step.function;
  const done = translateIfKnown(catalogue, `call.step.${name}`) ?? name;
  const failed = translateIfKnown(catalogue, `call.step.try.${name}`) ?? `${done} – ${t('call.step.failed')}`;
  const to = step.appointment_id === null ? null : (toAppointment?.(step.appointment_id) ?? null);
  return (
    <li className="call-deed" data-failed={!step.succeeded || undefined}>
      <span className="call-deed-icon">
        <Icon name={step.succeeded ? (ICONS[name] ?? 'check') : 'warning'} size={16} />
      </span>
      <div>
        <span className="call-deed-what">
          {step.succeeded ? done : failed}
          {at !== null && <span className="transcript-at figures">{clockDuration(at)}</span>}
        </span>
        {step.said !== null && <span className="call-deed-said">{step.said}</span>}
        {to !== null && (
          <Anchor component={Link} to={to} size="sm">
            {t('call.step.to_appointment')}
          </Anchor>
        )}
      </div>
    </li>
  );
}
