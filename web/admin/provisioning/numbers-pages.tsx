/** The pages of a business's numbers and of the operator's pool below their paths; one lazy part of the app. */
import { Route, Routes } from 'react-router';
import { useMay } from '../admin-context.tsx';
import { Forbidden } from '../kit/forbidden.tsx';
import { DetailPage, IndexPage } from '../kit/pages.tsx';
import '../kit/kit.css';
import { ResourcePages } from '../kit/resource-pages.tsx';
import { NotFoundPage } from '../page-parts.tsx';
import { numbersView } from './numbers.view.ts';
import { ImportNumbers } from './pool-parts.tsx';
import { poolView } from './pool.view.ts';
import './provisioning.css';

/** Each noun its own pages: a page of one must not live on in another's place. */
export default function NumbersPages({ noun }: { noun: 'numbers' | 'number-pool' }) {
  return noun === 'numbers' ? <ResourcePages view={numbersView} /> : <PoolPages />;
}

function PoolPages() {
  const maySee = useMay(poolView.permissions.view);
  if (!maySee) return <Forbidden view={poolView} />;
  return (
    <Routes>
      <Route
        index
        element={
          <div className="kit-page">
            <IndexPage view={poolView} />
            <ImportNumbers />
          </div>
        }
      />
      <Route path=":id" element={<DetailPage view={poolView} />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
