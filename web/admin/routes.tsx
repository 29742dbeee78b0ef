/** Every page of the panel with its address. Drawn by the app; the entry loads the chunk of the address before the first render. */
import { useMemo } from 'react';
import { matchPath, Navigate, Route, Routes } from 'react-router';
import { useAdmin } from './admin-context.tsx';
import { preloadKitPage } from './kit/pages.tsx';
import { lazyPage } from './lazy-page.tsx';
import { NotFoundPage } from './page-parts.tsx';
import { START_PATH, startPathOf } from './shell/navigation.ts';

const home = lazyPage('home-page', () => import('./home/home-page.tsx'));
const calendar = lazyPage('calendar-page', () => import('./calendar/calendar-page.tsx'));
const appointments = lazyPage('appointments-pages', () => import('./appointments/appointments-pages.tsx'));
const calls = lazyPage('calls-page', () => import('./calls/calls-page.tsx'));
const call = lazyPage('call-page', () => import('./calls/call-page.tsx'));
const customers = lazyPage('customers-pages', () => import('./customers/customers-pages.tsx'));
const messages = lazyPage('messages-pages', () => import('./messages/messages-pages.tsx'));
const operations = lazyPage('operations-page', () => import('./operations/operations-page.tsx'));
const connections = lazyPage('connections-page', () => import('./connections/connections-page.tsx'));
/** The operator's pages beside the overview, by their paths below /admin/operations. */
const OPERATIONS = {
  health: lazyPage('health-page', () => import('./operations/health-page.tsx')),
  queues: lazyPage('queues-page', () => import('./operations/queues-page.tsx')),
  crons: lazyPage('crons-page', () => import('./operations/crons-page.tsx')),
  jobs: lazyPage('jobs-page', () => import('./operations/jobs-page.tsx')),
  webhooks: lazyPage('webhooks-page', () => import('./operations/webhooks-page.tsx')),
  objects: lazyPage('objects-page', () => import('./operations/objects-page.tsx')),
  logs: lazyPage('logs-page', () => import('./operations/logs-page.tsx')),
  defects: lazyPage('defects-page', () => import('./operations/defects-page.tsx')),
  live: lazyPage('live-page', () => import('./operations/live-page.tsx')),
};
const conflicts = lazyPage('conflicts-pages', () => import('./conflicts/conflicts-pages.tsx'));
const callbacks = lazyPage('callbacks-pages', () => import('./callbacks/callbacks-pages.tsx'));
const absences = lazyPage('absences-pages', () => import('./absences/absences-pages.tsx'));
const erasures = lazyPage('erasures-pages', () => import('./erasures/erasures-pages.tsx'));
const imports = lazyPage('imports-pages', () => import('./imports/imports-pages.tsx'));
const tenants = lazyPage('tenants-pages', () => import('./tenants/tenants-pages.tsx'));
const plans = lazyPage('plans-pages', () => import('./instance/plans-pages.tsx'));
const settings = lazyPage('settings-page', () => import('./instance/settings-page.tsx'));
const users = lazyPage('users-pages', () => import('./people/users-pages.tsx'));
const roles = lazyPage('roles-pages', () => import('./people/roles-pages.tsx'));
const unlinked = lazyPage('unlinked-page', () => import('./unlinked-page.tsx'));
const profile = lazyPage('profile-page', () => import('./people/profile-page.tsx'));
const apiKeys = lazyPage('api-keys-page', () => import('./people/api-keys-page.tsx'));
const security = lazyPage('security-page', () => import('./security/security-page.tsx'));
const activity = lazyPage('activity-pages', () => import('./security/activity-pages.tsx'));
const legal = lazyPage('legal-pages', () => import('./legal/legal-pages.tsx'));
const contracts = lazyPage('contracts-page', () => import('./legal/contracts-page.tsx'));
const welcome = lazyPage('welcome-page', () => import('./welcome/welcome-page.tsx'));
const testCall = lazyPage('test-call-page', () => import('./welcome/test-call-page.tsx'));
const agents = lazyPage('agents-pages', () => import('./provisioning/agents-pages.tsx'));
const numbers = lazyPage('numbers-pages', () => import('./provisioning/numbers-pages.tsx'));
/** Numbers of a business and of the operator, by their paths below /admin. */
const NUMBERS = ['numbers', 'number-pool'] as const;
/** Nouns of master data, by their paths below /admin. */
const SETUP = {
  companies: lazyPage('companies-pages', () => import('./setup/companies-pages.tsx')),
  branches: lazyPage('branches-pages', () => import('./setup/branches-pages.tsx')),
  staff: lazyPage('staff-pages', () => import('./setup/staff-pages.tsx')),
  services: lazyPage('services-pages', () => import('./setup/services-pages.tsx')),
  resources: lazyPage('resources-pages', () => import('./setup/resources-pages.tsx')),
  tags: lazyPage('tags-pages', () => import('./setup/tags-pages.tsx')),
  hours: lazyPage('hours-pages', () => import('./setup/hours-pages.tsx')),
  exceptions: lazyPage('exceptions-pages', () => import('./setup/exceptions-pages.tsx')),
};

const CALENDAR = '/admin/appointments/calendar';
const CHUNKS: readonly { path: string; preload: () => Promise<void> }[] = [
  { path: START_PATH, preload: home.preload },
  { path: CALENDAR, preload: calendar.preload },
  { path: '/admin/appointments/*', preload: appointments.preload },
  { path: '/admin/calls', preload: calls.preload },
  { path: '/admin/calls/:id', preload: call.preload },
  { path: '/admin/customers/*', preload: customers.preload },
  { path: '/admin/messages/*', preload: messages.preload },
  { path: '/admin/operations', preload: operations.preload },
  ...Object.entries(OPERATIONS).map(([page, { preload }]) => ({ path: `/admin/operations/${page}`, preload })),
  { path: '/admin/conflicts/*', preload: conflicts.preload },
  { path: '/admin/connections', preload: connections.preload },
  { path: '/admin/callbacks/*', preload: callbacks.preload },
  { path: '/admin/absence-requests/*', preload: absences.preload },
  { path: '/admin/erasures/*', preload: erasures.preload },
  { path: '/admin/imports/*', preload: imports.preload },
  { path: '/admin/tenants/*', preload: tenants.preload },
  { path: '/reseller/customers/*', preload: tenants.preload },
  { path: '/admin/plans/*', preload: plans.preload },
  { path: '/admin/settings', preload: settings.preload },
  { path: '/admin/users/*', preload: users.preload },
  { path: '/admin/legal/*', preload: legal.preload },
  { path: '/admin/contracts', preload: contracts.preload },
  { path: '/admin/roles/*', preload: roles.preload },
  { path: '/admin/profile', preload: profile.preload },
  { path: '/admin/api-keys', preload: apiKeys.preload },
  { path: '/admin/security', preload: security.preload },
  { path: '/admin/activity/*', preload: activity.preload },
  { path: '/admin/agents/*', preload: agents.preload },
  ...NUMBERS.map((noun) => ({ path: `/admin/${noun}/*`, preload: numbers.preload })),
  { path: '/admin/welcome', preload: welcome.preload },
  { path: '/admin/test-call', preload: testCall.preload },
  ...Object.entries(SETUP).map(([noun, { preload }]) => ({ path: `/admin/${noun}/*`, preload })),
];
/** Pages of what is one's own: nobody's where nobody is linked. */
const DAILY = [
  CALENDAR,
  '/admin/appointments/*',
  '/admin/calls',
  '/admin/calls/:id',
  '/admin/customers/*',
  '/admin/callbacks/*',
];
/** Addresses that lead to the start page. */
const STARTS = ['/admin', '/admin/login', '/reseller', '/reseller/login'];

/** Loads the page of an address; nothing for one that has no chunk of its own. */
export async function preloadPage(pathname: string): Promise<void> {
  const found = CHUNKS.find(({ path }) => matchPath(path, pathname));
  // A chunk that fails to come is asked for again when the page is drawn, and its failure shown there.
  const below = found?.path.endsWith('/*') ? matchPath(found.path, pathname)?.params['*'] : undefined;
  await Promise.all([found?.preload(), below === undefined ? undefined : preloadKitPage(below)]).catch(() => undefined);
}

export function Pages() {
  const { me } = useAdmin();
  const start = useMemo(() => startPathOf(me), [me]);
  return (
    <Routes>
      {me.own?.staff_id === null && DAILY.map((path) => <Route key={path} path={path} element={<unlinked.Page />} />)}
      <Route path={CALENDAR} element={<calendar.Page />} />
      <Route path="/admin/appointments/*" element={<appointments.Page />} />
      <Route path="/admin/calls" element={<calls.Page />} />
      <Route path="/admin/calls/:id" element={<call.Page />} />
      <Route path="/admin/customers/*" element={<customers.Page />} />
      <Route path="/admin/messages/*" element={<messages.Page />} />
      <Route path="/admin/operations" element={<operations.Page />} />
      {Object.entries(OPERATIONS).map(([page, { Page }]) => (
        <Route key={page} path={`/admin/operations/${page}`} element={<Page />} />
      ))}
      <Route path="/admin/conflicts/*" element={<conflicts.Page />} />
      <Route path="/admin/connections" element={<connections.Page />} />
      <Route path="/admin/callbacks/*" element={<callbacks.Page />} />
      <Route path="/admin/absence-requests/*" element={<absences.Page />} />
      <Route path="/admin/erasures/*" element={<erasures.Page />} />
      <Route path="/admin/imports/*" element={<imports.Page />} />
      <Route path="/admin/tenants/*" element={<tenants.Page of="platform" />} />
      <Route path="/reseller/customers/*" element={<tenants.Page of="reseller" />} />
      <Route path="/admin/plans/*" element={<plans.Page />} />
      <Route path="/admin/settings" element={<settings.Page />} />
      <Route path="/admin/users/*" element={<users.Page />} />
      <Route path="/admin/legal/*" element={<legal.Page />} />
      <Route path="/admin/contracts" element={<contracts.Page />} />
      <Route path="/admin/roles/*" element={<roles.Page />} />
      <Route path="/admin/profile" element={<profile.Page />} />
      <Route path="/admin/api-keys" element={<apiKeys.Page />} />
      <Route path="/admin/security" element={<security.Page />} />
      <Route path="/admin/activity/*" element={<activity.Page />} />
      <Route path="/admin/agents/*" element={<agents.Page />} />
      {NUMBERS.map((noun) => (
        <Route key={noun} path={`/admin/${noun}/*`} element={<numbers.Page noun={noun} />} />
      ))}
      <Route path="/admin/welcome" element={<welcome.Page />} />
      <Route path="/admin/test-call" element={<testCall.Page />} />
      {Object.entries(SETUP).map(([noun, { Page }]) => (
        <Route key={noun} path={`/admin/${noun}/*`} element={<Page />} />
      ))}
      <Route path={START_PATH} element={<home.Page />} />
      {STARTS.map((path) => (
        <Route key={path} path={path} element={<Navigate to={start} replace />} />
      ))}
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
