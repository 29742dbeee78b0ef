/** /admin/appointments and what lies below it beside the calendar: appointments are booked and moved there, looked through and changed by many here. */
import { Route, Routes } from 'react-router';
import { useMay } from '../admin-context.tsx';
import { DetailPage } from '../kit/detail-page.tsx';
import { Forbidden } from '../kit/forbidden.tsx';
import { IndexPage } from '../kit/index-page.tsx';
import '../kit/kit.css';
import { References } from '../kit/references.tsx';
import { NotFoundPage } from '../page-parts.tsx';
import { appointmentsView } from './appointments.view.ts';

export default function AppointmentsPages() {
  const maySee = useMay(appointmentsView.permissions.view);
  if (!maySee) return <Forbidden view={appointmentsView} />;
  return (
    <References of={appointmentsView.references ?? []}>
      <Routes>
        <Route index element={<IndexPage view={appointmentsView} />} />
        <Route path=":id" element={<DetailPage view={appointmentsView} />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </References>
  );
}
