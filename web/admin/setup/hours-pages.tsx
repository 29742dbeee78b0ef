/** /admin/hours and what lies below it: everybody's week, and the week of one. */
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { useMay } from '../admin-context.tsx';
import { Forbidden } from '../kit/forbidden.tsx';
import '../kit/kit.css';
import { CreatePage, DetailPage, EditPage } from '../kit/pages.tsx';
import { References } from '../kit/references.tsx';
import { NotFoundPage } from '../page-parts.tsx';
import { hoursView } from './hours.view.ts';
import './setup.css';

// The overview and the form of a week need nothing of each other.
const WeeksPage = lazy(async () => ({ default: (await import('./weeks-page.tsx')).WeeksPage }));
const WeekPage = lazy(async () => ({ default: (await import('./week-page.tsx')).WeekPage }));

export default function HoursPages() {
  const maySee = useMay(hoursView.permissions.view);
  if (!maySee) return <Forbidden view={hoursView} />;
  return (
    <References of={hoursView.references ?? []}>
      <Suspense fallback={<Skeleton h={420} />}>
        <Routes>
          <Route index element={<WeeksPage />} />
          <Route path="create" element={<CreatePage view={hoursView} />} />
          <Route path="staff/:id" element={<WeekPage member="staff_id" />} />
          <Route path="branches/:id" element={<WeekPage member="branch_id" />} />
          <Route path="resources/:id" element={<WeekPage member="resource_id" />} />
          <Route path=":id" element={<DetailPage view={hoursView} />} />
          <Route path=":id/edit" element={<EditPage view={hoursView} />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </References>
  );
}
