/** The panel: theme, words, who is signed in, the live stream, routes. Rendered by main.tsx. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { CoreAdminContext, type I18nProvider, memoryStore } from 'ra-core';
import { createContext, lazy, Suspense, useCallback, useContext, useMemo, useRef } from 'react';
import { createBrowserRouter, Navigate, Route, RouterProvider, Routes } from 'react-router';
import type { ApiClient } from '../ui/api-client.ts';
import { translateIfKnown } from '../ui/i18n.ts';
import { liveChange } from '../ui/live-change.ts';
import { useLiveStream } from '../ui/use-live-stream.ts';
import { type SignedInMe, useSession } from '../ui/use-session.ts';
import { type FirstTexts, type Speak, useAppTexts } from '../ui/use-app-texts.ts';
import { AdminContextProvider, type LiveListener, useMay, useWords, WordsContext } from './admin-context.tsx';
import { type AdminCatalogue, loadCatalogue } from './catalogues.ts';
import { createDataProvider } from './data-provider.ts';
import { Crash, FaultPage, NotFoundPage } from './page-parts.tsx';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { cssVariables, themeFor } from './theme.ts';

const CalendarPage = lazy(() => import('./calendar/calendar-page.tsx'));
const CallsPage = lazy(() => import('./calls/calls-page.tsx'));
const CallPage = lazy(() => import('./calls/call-page.tsx'));
const CustomersPages = lazy(() => import('./customers/customers-pages.tsx'));
const OperationsPage = lazy(() => import('./operations/operations-page.tsx'));
const ConflictsPages = lazy(() => import('./conflicts/conflicts-pages.tsx'));
const SetupPages = lazy(() => import('./setup/setup-pages.tsx'));
/** Nouns of master data, by their paths below /admin. */
const SETUP = ['branches', 'staff', 'services', 'resources', 'hours', 'exceptions', 'tags'] as const;

const SpeakContext = createContext<Speak>(() => Promise.resolve());

/** One route for all: what is shown depends on who is signed in. The router must be one of data to hold somebody on a page (useBlocker). */
const router = createBrowserRouter([
  {
    path: '*',
    element: (
      <Crash>
        <SessionGate />
      </Crash>
    ),
  },
]);

export function App({ first }: { first: FirstTexts<AdminCatalogue> }) {
  const { words, speak } = useAppTexts(first, loadCatalogue);
  const theme = useMemo(() => themeFor(words.t('action.close')), [words]);

  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <WordsContext value={words}>
        <Notifications position="bottom-left" limit={2} />
        <SpeakContext value={speak}>
          <RouterProvider router={router} />
        </SpeakContext>
      </WordsContext>
    </MantineProvider>
  );
}

function SessionGate() {
  const speak = useContext(SpeakContext);
  const { session, api, findSession, onSignedOut } = useSession(speak);
  switch (session.state) {
    case 'unknown':
      return null;
    case 'unreachable':
      return <FaultPage fault={session.fault} onRetry={findSession} />;
    case 'signed_out':
      return <SignInPage api={api} expired={session.expired} onSignedIn={findSession} />;
    case 'signed_in':
      return <SignedIn api={api} me={session.me} onSignedOut={onSignedOut} />;
  }
}

function SignedIn({ api, me, onSignedOut }: { api: ApiClient; me: SignedInMe; onSignedOut: () => void }) {
  const words = useWords();
  const listeners = useRef(new Set<LiveListener>());
  const seesLive = ['view_appointments', 'view_calls'].some((permission) => me.permissions.includes(permission));
  const stream = useLiveStream(seesLive ? '/api/v1/live' : null, (name, body) => {
    const change = liveChange(name, body);
    if (change) for (const listener of listeners.current) listener(change);
  });
  const listen = useCallback((listener: LiveListener) => {
    listeners.current.add(listener);
    return () => listeners.current.delete(listener);
  }, []);
  const admin = useMemo(
    () => ({ api, words, me, stream: seesLive ? stream : null, listen }),
    [api, words, me, seesLive, stream, listen],
  );
  const dataProvider = useMemo(() => createDataProvider(api), [api]);
  const i18nProvider = useMemo<I18nProvider>(
    () => ({
      // ra-core asks for few words of its own; ours come from the catalogues directly
      translate: (key, options) =>
        (options?.['_'] as string | undefined) ?? translateIfKnown(words.catalogue, key) ?? key,
      changeLocale: () => Promise.resolve(),
      getLocale: () => words.language,
    }),
    [words],
  );
  const signOut = async (): Promise<void> => {
    await api.post('/api/auth/sign-out', {});
    onSignedOut();
  };
  return (
    <AdminContextProvider value={admin}>
      <CoreAdminContext basename="/admin" dataProvider={dataProvider} i18nProvider={i18nProvider} store={memoryStore()}>
        <Shell onSignOut={signOut}>
          <Crash>
            <Suspense fallback={null}>
              <Pages />
            </Suspense>
          </Crash>
        </Shell>
      </CoreAdminContext>
    </AdminContextProvider>
  );
}

function Pages() {
  // The operator has no calendar of their own: what needs them comes first.
  const home = useMay('view_alarms') ? '/admin/operations' : '/admin/appointments/calendar';
  return (
    <Routes>
      <Route path="/admin/appointments/calendar" element={<CalendarPage />} />
      <Route path="/admin/calls" element={<CallsPage />} />
      <Route path="/admin/calls/:id" element={<CallPage />} />
      <Route path="/admin/operations" element={<OperationsPage />} />
      <Route path="/admin/customers/*" element={<CustomersPages />} />
      <Route path="/admin/conflicts/*" element={<ConflictsPages />} />
      {SETUP.map((noun) => (
        <Route key={noun} path={`/admin/${noun}/*`} element={<SetupPages noun={noun} />} />
      ))}
      {['/admin', '/admin/login', '/reseller/login'].map((path) => (
        <Route key={path} path={path} element={<Navigate to={home} replace />} />
      ))}
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
