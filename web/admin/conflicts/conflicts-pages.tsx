/** /admin/conflicts and what lies below it: conflicts are found and decided, never made or edited. */
import { Route, Routes } from 'react-router';
import { useMay } from '../admin-context.tsx';
import { DetailPage } from '../kit/detail-page.tsx';
import { Forbidden } from '../kit/forbidden.tsx';
import { IndexPage } from '../kit/index-page.tsx';
import '../kit/kit.css';
import { NotFoundPage } from '../page-parts.tsx';
import { conflictsView } from './conflicts.view.ts';

export default function ConflictsPages() {
  const maySee = useMay(conflictsView.permissions.view);
  if (!maySee) return <Forbidden view={conflictsView} />;
  return (
    <Routes>
      <Route index element={<IndexPage view={conflictsView} />} />
      <Route path=":id" element={<DetailPage view={conflictsView} />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
