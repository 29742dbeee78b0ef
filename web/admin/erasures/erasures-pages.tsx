/** /admin/erasures and what lies below it: erasures are requested at the customer, and only followed, withdrawn and closed here. */
import { Route, Routes } from 'react-router';
import { useMay } from '../admin-context.tsx';
import { DetailPage } from '../kit/detail-page.tsx';
import { Forbidden } from '../kit/forbidden.tsx';
import { IndexPage } from '../kit/index-page.tsx';
import '../kit/kit.css';
import { NotFoundPage } from '../page-parts.tsx';
import { erasuresView } from './erasures.view.ts';

export default function ErasuresPages() {
  const maySee = useMay(erasuresView.permissions.view);
  if (!maySee) return <Forbidden view={erasuresView} />;
  return (
    <Routes>
      <Route index element={<IndexPage view={erasuresView} />} />
      <Route path=":id" element={<DetailPage view={erasuresView} />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
