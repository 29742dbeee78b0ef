/** The four figures of the day's page, each leading to what it counts. Drawn by home-page.tsx. */
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { BalanceResponse } from '../../../shared/contract/money.ts';
import type { FigureName } from '../../../shared/figure-names.ts';
import { BALANCE } from '../../../shared/page-data.ts';
import { money, time } from '../../ui/format.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { figureText } from '../kit/figure-text.ts';
import type { HomeFigures } from './use-home-figures.ts';

interface FigureProps {
  label: string;
  /** null: not counted yet */
  value: string | null;
  hint: ReactNode;
  to: string;
  isOutside?: boolean;
}

function Figure({ label, value, hint, to, isOutside = false }: FigureProps) {
  const content = (
    <>
      <span className="home-figure-label">{label}</span>
      {value === null ? <Skeleton h="2.25rem" w="4rem" /> : <strong className="figures">{value}</strong>}
      <span className="home-figure-hint figures">{hint ?? '\u00a0'}</span>
    </>
  );
  return (
    <li>
      {isOutside ? (
        <a className="home-figure" href={to}>
          {content}
        </a>
      ) : (
        <Link className="home-figure" to={to}>
          {content}
        </Link>
      )}
    </li>
  );
}

function Balance() {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const { body, fault } = useAnswer<BalanceResponse>('balance', (signal) => api.get(BALANCE, {}, signal), {
    language,
  });
  // The other figures are what one came for.
  if (fault !== null && body === null) return null;
  const balance = body?.data;
  return (
    <Figure
      label={t('today.balance')}
      value={balance === undefined ? null : money(balance.balance_cents, balance.currency, language)}
      hint={balance?.days_left == null ? null : t('today.balance_days', { days: balance.days_left })}
      to="/portal"
      isOutside
    />
  );
}

export function HomeFigureRow({ figures: { of } }: { figures: HomeFigures }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const seesDays = useMay('view_appointments');
  const seesCalls = useMay('view_calls');
  const seesBalance = useMay('view_balance');
  const seesCallbacks = useMay('view_callback_requests');
  const text = (name: FigureName): string | null => {
    if (of === null) return null;
    const figure = of.get(name);
    return figure === undefined ? '–' : figureText(figure, language);
  };
  const count = (name: FigureName): number => of?.get(name)?.value ?? 0;
  const at = of?.values().next().value?.at;
  return (
    <ul
      className="home-figures"
      aria-busy={of === null}
      title={at && t('today.as_of', { time: time(at, me.tenant.time_zone, language) })}
    >
      {seesDays && (
        <Figure
          label={t('today.appointments')}
          value={text('appointments_today')}
          hint={of && t('today.appointments_over', { over: text('appointments_over') ?? '' })}
          to="/admin/appointments/calendar"
        />
      )}
      {seesCalls && (
        <>
          <Figure
            label={t('today.calls')}
            value={text('calls_today')}
            hint={of && t('today.calls_ongoing', { count: count('calls_ongoing') })}
            to="/admin/calls"
          />
          <Figure
            label={t('today.booked')}
            value={text('calls_booked')}
            hint={t('today.booked_hint')}
            to="/admin/calls?list=with"
          />
        </>
      )}
      {seesBalance ? (
        <Balance />
      ) : (
        seesCallbacks && (
          <Figure
            label={t('today.callbacks')}
            value={text('callbacks_open')}
            hint={of && t('today.callbacks_due', { count: count('callbacks_due') })}
            to="/admin/callbacks"
          />
        )
      )}
    </ul>
  );
}
