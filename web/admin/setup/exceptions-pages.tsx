/** /admin/exceptions and what lies below it: absences and other exceptions of working hours. */
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import '../kit/kit.css';
import { ResourcePages } from '../kit/resource-pages.tsx';
import { exceptionsView } from './exceptions.view.ts';
import './setup.css';

const OpenRequests = lazy(() => import('../absences/open-requests.tsx'));

/** Above the list of absences stands what somebody asks for; it asks for itself, and the list does not wait for it. */
export default function ExceptionsPages() {
  return (
    <div className="kit-page">
      <Suspense fallback={null}>
        <Routes>
          <Route index element={<OpenRequests />} />
          <Route path="*" element={null} />
        </Routes>
      </Suspense>
      <ResourcePages view={exceptionsView} />
    </div>
  );
}
