/** /admin/start: the day of a business; while it has no branch, what is left to set up; for everybody else who they are and what they may open. Drawn by routes.tsx. */
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { dateOf } from '../../../shared/time.ts';
import { hasDay } from '../../../shared/home-asked.ts';
import { opensSetUp } from '../../../shared/page-data.ts';
import { fullWallDate } from '../../ui/format.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { lazyPage } from '../lazy-page.tsx';
import { widgetsFor } from './arrangement.ts';
import { DayStrip } from './day-strip.tsx';
import { Greeting } from './greeting.tsx';
import './home.css';
import { HomeFigureRow } from './home-figures.tsx';
import { Needs } from './needs.tsx';
import { useInView } from './use-in-view.ts';
import { useHomeFigures } from './use-home-figures.ts';

const openRequests = lazyPage('open-requests', () => import('../absences/open-requests.tsx'));
const checklist = lazyPage('checklist', () => import('../welcome/checklist.tsx'));
const widgetBoard = lazyPage('widget-board', () => import('./widget-board.tsx'));
const runningCalls = lazyPage('running-calls', () => import('./running-calls.tsx'));

export default function HomePage() {
  const { t } = useWords();
  const { me } = useAdmin();
  useEffect(() => {
    document.title = `${t('home.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  if (opensSetUp(me)) return <checklist.Page />;
  if (hasDay(me)) return <Day />;
  return (
    <Stack gap="md" className="home-page">
      <Greeting />
      {widgetsFor(me).length > 0 && <Widgets />}
    </Stack>
  );
}

function Day() {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const figures = useHomeFigures();
  const seesDays = useMay('view_appointments');
  const seesCalls = useMay('view_calls');
  const decides = useMay('edit_absence_requests');
  const setsUp = useMay('edit_services');
  return (
    <Stack gap="md" className="home-page">
      <div className="home-head">
        <Title order={1}>{t('home.title')}</Title>
        <Text c="dimmed">{fullWallDate(dateOf(Date.now(), me.tenant.time_zone), language)}</Text>
      </div>
      <HomeFigureRow figures={figures} />
      <div className="home-columns">
        {seesCalls && (
          <Suspense fallback={<Skeleton h={240} aria-busy="true" />}>
            <runningCalls.Page />
          </Suspense>
        )}
        <Needs figures={figures} />
      </div>
      {seesDays && <DayStrip />}
      <Suspense fallback={null}>
        {decides && <openRequests.Page />}
        {setsUp && <checklist.Page isCard />}
      </Suspense>
      <Widgets />
    </Stack>
  );
}

/** What the page itself asks has come by then. */
const AFTER_MS = 1_000;

/** Fetched when somebody comes near: they lie below the first screen. */
function Widgets() {
  const { ref, isNear } = useInView<HTMLDivElement>(AFTER_MS);
  const waiting = <div className="home-later" />;
  return (
    <div ref={ref}>
      {isNear ? (
        <Suspense fallback={waiting}>
          <widgetBoard.Page />
        </Suspense>
      ) : (
        waiting
      )}
    </div>
  );
}
