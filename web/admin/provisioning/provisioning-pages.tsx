/** The pages of agents, of a business's numbers and of the operator's pool below their paths; one lazy part of the app. */
import { Route, Routes } from 'react-router';
import { useMay } from '../admin-context.tsx';
import { DetailPage } from '../kit/detail-page.tsx';
import { Forbidden } from '../kit/forbidden.tsx';
import { IndexPage } from '../kit/index-page.tsx';
import '../kit/kit.css';
import { ResourcePages } from '../kit/resource-pages.tsx';
import { NotFoundPage } from '../page-parts.tsx';
import { agentsView } from './agents.view.ts';
import { numbersView } from './numbers.view.ts';
import { ImportNumbers } from './pool-parts.tsx';
import { poolView } from './pool.view.ts';
import './provisioning.css';

export default function ProvisioningPages({ noun }: { noun: string }) {
  switch (noun) {
    case 'agents':
      return <ResourcePages key={noun} view={agentsView} />;
    case 'numbers':
      return <ResourcePages key={noun} view={numbersView} />;
    case 'number-pool':
      return <PoolPages />;
    default:
      return <NotFoundPage />;
  }
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
