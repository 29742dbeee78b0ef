/** The pages of master data below their paths; one lazy part of the app. */
import { Route, Routes } from 'react-router';
import { useMay } from '../admin-context.tsx';
import { Forbidden } from '../kit/forbidden.tsx';
import { CreatePage, EditPage } from '../kit/form-page.tsx';
import { DetailPage } from '../kit/detail-page.tsx';
import '../kit/kit.css';
import { References } from '../kit/references.tsx';
import { ResourcePages } from '../kit/resource-pages.tsx';
import { NotFoundPage } from '../page-parts.tsx';
import { branchesView } from './branches.view.ts';
import { exceptionsView } from './exceptions.view.ts';
import { hoursView } from './hours.view.ts';
import { resourcesView } from './resources.view.ts';
import { servicesView } from './services.view.ts';
import './setup.css';
import { staffView } from './staff.view.ts';
import { tagsView } from './tags.view.ts';
import { WeekPage } from './week-page.tsx';
import { WeeksPage } from './weeks-page.tsx';

/** Each noun its own pages: a page of one must not live on in another's place. */
export default function SetupPages({ noun }: { noun: string }) {
  switch (noun) {
    case 'branches':
      return <ResourcePages key={noun} view={branchesView} />;
    case 'staff':
      return <ResourcePages key={noun} view={staffView} />;
    case 'services':
      return <ResourcePages key={noun} view={servicesView} />;
    case 'resources':
      return <ResourcePages key={noun} view={resourcesView} />;
    case 'exceptions':
      return <ResourcePages key={noun} view={exceptionsView} />;
    case 'tags':
      return <ResourcePages key={noun} view={tagsView} />;
    case 'hours':
      return <HoursPages />;
    default:
      return <NotFoundPage />;
  }
}

function HoursPages() {
  const maySee = useMay(hoursView.permissions.view);
  if (!maySee) return <Forbidden view={hoursView} />;
  return (
    <References of={hoursView.references ?? []}>
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
    </References>
  );
}
