/** The pages of one declared resource below its path: index, create, detail, edit. Mounted by a lazy route of the app. */
import { Route, Routes } from 'react-router';
import { useMay } from '../admin-context.tsx';
import { NotFoundPage } from '../page-parts.tsx';
import { Forbidden } from './forbidden.tsx';
import { CreatePage, DetailPage, EditPage, IndexPage } from './pages.tsx';
import { References } from './references.tsx';
import './kit.css';
import type { KitRow, View } from './view.ts';

export function ResourcePages<R extends KitRow>({ view }: { view: View<R> }) {
  const maySee = useMay(view.permissions.view);
  if (!maySee) return <Forbidden view={view} />;
  return (
    <References of={view.references ?? []}>
      <Routes>
        <Route index element={<IndexPage view={view} />} />
        <Route path="create" element={<CreatePage view={view} />} />
        <Route path=":id" element={<DetailPage view={view} />} />
        <Route path=":id/edit" element={<EditPage view={view} />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </References>
  );
}
