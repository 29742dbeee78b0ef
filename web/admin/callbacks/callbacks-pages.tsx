/** /admin/callbacks and what lies below it: call backs are noted by the phone agent, and only worked on here. */
import { Route, Routes } from 'react-router';
import { useMay } from '../admin-context.tsx';
import { Forbidden } from '../kit/forbidden.tsx';
import { DetailPage, IndexPage } from '../kit/pages.tsx';
import { References } from '../kit/references.tsx';
import '../kit/kit.css';
import { NotFoundPage } from '../page-parts.tsx';
import { callbacksView } from './callbacks.view.ts';

export default function CallbacksPages() {
  const maySee = useMay(callbacksView.permissions.view);
  if (!maySee) return <Forbidden view={callbacksView} />;
  return (
    <References of={callbacksView.references ?? []}>
      <Routes>
        <Route index element={<IndexPage view={callbacksView} />} />
        <Route path=":id" element={<DetailPage view={callbacksView} />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </References>
  );
}
