/** Every page of the panel with its address. Drawn by the app; the entry loads the chunk of the address before the first render. */
import { useMemo } from 'react';
import { matchPath, Navigate, Route, Routes } from 'react-router';
import { useAdmin } from './admin-context.tsx';
import { HomePage } from './home-page.tsx';
import { lazyPage } from './lazy-page.tsx';
import { NotFoundPage } from './page-parts.tsx';
import { START_PATH, startPathOf } from './shell/navigation.ts';

const calendar = lazyPage(() => import('./calendar/calendar-page.tsx'));
const calls = lazyPage(() => import('./calls/calls-page.tsx'));
const call = lazyPage(() => import('./calls/call-page.tsx'));
const customers = lazyPage(() => import('./customers/customers-pages.tsx'));
const operations = lazyPage(() => import('./operations/operations-page.tsx'));
const conflicts = lazyPage(() => import('./conflicts/conflicts-pages.tsx'));
const callbacks = lazyPage(() => import('./callbacks/callbacks-pages.tsx'));
const erasures = lazyPage(() => import('./erasures/erasures-pages.tsx'));
const tenants = lazyPage(() => import('./tenants/tenants-pages.tsx'));
const plans = lazyPage(() => import('./instance/plans-pages.tsx'));
const settings = lazyPage(() => import('./instance/settings-page.tsx'));
const users = lazyPage(() => import('./people/users-pages.tsx'));
const profile = lazyPage(() => import('./people/profile-page.tsx'));
const apiKeys = lazyPage(() => import('./people/api-keys-page.tsx'));
const welcome = lazyPage(() => import('./welcome/welcome-page.tsx'));
const testCall = lazyPage(() => import('./welcome/test-call-page.tsx'));
const setup = lazyPage(() => import('./setup/setup-pages.tsx'));
const provisioning = lazyPage(() => import('./provisioning/provisioning-pages.tsx'));
/** Agents and numbers, by their paths below /admin. */
const PROVISIONING = ['agents', 'numbers', 'number-pool'] as const;
/** Nouns of master data, by their paths below /admin. */
const SETUP = ['branches', 'staff', 'services', 'resources', 'hours', 'exceptions', 'tags'] as const;

const CALENDAR = '/admin/appointments/calendar';
const CHUNKS: readonly { path: string; preload: () => Promise<void> }[] = [
  { path: CALENDAR, preload: calendar.preload },
  { path: '/admin/calls', preload: calls.preload },
  { path: '/admin/calls/:id', preload: call.preload },
  { path: '/admin/customers/*', preload: customers.preload },
  { path: '/admin/operations', preload: operations.preload },
  { path: '/admin/conflicts/*', preload: conflicts.preload },
  { path: '/admin/callbacks/*', preload: callbacks.preload },
  { path: '/admin/erasures/*', preload: erasures.preload },
  { path: '/admin/tenants/*', preload: tenants.preload },
  { path: '/reseller/customers/*', preload: tenants.preload },
  { path: '/admin/plans/*', preload: plans.preload },
  { path: '/admin/settings', preload: settings.preload },
  { path: '/admin/users/*', preload: users.preload },
  { path: '/admin/profile', preload: profile.preload },
  { path: '/admin/api-keys', preload: apiKeys.preload },
  ...PROVISIONING.map((noun) => ({ path: `/admin/${noun}/*`, preload: provisioning.preload })),
  { path: '/admin/welcome', preload: welcome.preload },
  { path: '/admin/test-call', preload: testCall.preload },
  ...SETUP.map((noun) => ({ path: `/admin/${noun}/*`, preload: setup.preload })),
];
/** Addresses that lead to the start page. */
const STARTS = ['/admin', '/admin/login', '/reseller', '/reseller/login'];

/** Loads the page of an address; nothing for one that has no chunk of its own. */
export async function preloadPage(pathname: string): Promise<void> {
  const found = CHUNKS.find(({ path }) => matchPath(path, pathname));
  // A chunk that fails to come is asked for again when the page is drawn, and its failure shown there.
  await found?.preload().catch(() => undefined);
}

export function Pages() {
  const { me } = useAdmin();
  const start = useMemo(() => startPathOf(me), [me]);
  return (
    <Routes>
      <Route path={CALENDAR} element={<calendar.Page />} />
      <Route path="/admin/calls" element={<calls.Page />} />
      <Route path="/admin/calls/:id" element={<call.Page />} />
      <Route path="/admin/customers/*" element={<customers.Page />} />
      <Route path="/admin/operations" element={<operations.Page />} />
      <Route path="/admin/conflicts/*" element={<conflicts.Page />} />
      <Route path="/admin/callbacks/*" element={<callbacks.Page />} />
      <Route path="/admin/erasures/*" element={<erasures.Page />} />
      <Route path="/admin/tenants/*" element={<tenants.Page of="platform" />} />
      <Route path="/reseller/customers/*" element={<tenants.Page of="reseller" />} />
      <Route path="/admin/plans/*" element={<plans.Page />} />
      <Route path="/admin/settings" element={<settings.Page />} />
      <Route path="/admin/users/*" element={<users.Page />} />
      <Route path="/admin/profile" element={<profile.Page />} />
      <Route path="/admin/api-keys" element={<apiKeys.Page />} />
      {PROVISIONING.map((noun) => (
        <Route key={noun} path={`/admin/${noun}/*`} element={<provisioning.Page noun={noun} />} />
      ))}
      <Route path="/admin/welcome" element={<welcome.Page />} />
      <Route path="/admin/test-call" element={<testCall.Page />} />
      {SETUP.map((noun) => (
        <Route key={noun} path={`/admin/${noun}/*`} element={<setup.Page noun={noun} />} />
      ))}
      <Route path={START_PATH} element={<HomePage />} />
      {STARTS.map((path) => (
        <Route key={path} path={path} element={<Navigate to={start} replace />} />
      ))}
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
