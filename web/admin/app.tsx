/** The panel: theme, words, who is signed in, the live stream, routes. Rendered by main.tsx. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { CoreAdminContext, type I18nProvider, memoryStore } from 'ra-core';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import type { Me } from '../../shared/contract/faces.ts';
import type { adminDe } from '../../shared/i18n/faces/admin.de.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { type ApiClient, type ApiFault, createApiClient } from '../ui/api-client.ts';
import { applyBrand } from '../ui/brand.ts';
import { createTranslate } from '../ui/i18n.ts';
import { currentLanguage, storeLanguage } from '../ui/language.ts';
import { liveChange } from '../ui/live-change.ts';
import { useLiveStream } from '../ui/use-live-stream.ts';
import { AdminContextProvider, type LiveListener, useWords, type Words, WordsContext } from './admin-context.tsx';
import { type AdminCatalogue, loadCatalogue } from './catalogues.ts';
import { createDataProvider } from './data-provider.ts';
import { Crash, FaultPage, NotFoundPage } from './page-parts.tsx';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { cssVariables, themeFor } from './theme.ts';

const CalendarPage = lazy(() => import('./calendar/calendar-page.tsx'));
const CallsPage = lazy(() => import('./calls/calls-page.tsx'));
const CallPage = lazy(() => import('./calls/call-page.tsx'));

type Session =
  | { state: 'unknown' }
  | { state: 'unreachable'; fault: ApiFault }
  | { state: 'signed_out'; expired: boolean }
  | { state: 'signed_in'; me: Me };

export function App({ language: first, catalogue: firstCatalogue }: { language: Language; catalogue: AdminCatalogue }) {
  const [spoken, setSpoken] = useState({ language: first, catalogue: firstCatalogue });
  const speak = useCallback(async (language: Language, keep: boolean): Promise<void> => {
    const catalogue = await loadCatalogue(language);
    if (keep) storeLanguage(language);
    setSpoken({ language, catalogue });
  }, []);
  const words = useMemo<Words>(
    () => ({
      language: spoken.language,
      catalogue: spoken.catalogue,
      t: createTranslate(spoken.catalogue as typeof adminDe, spoken.language),
      setLanguage: (language) => void speak(language, true),
    }),
    [spoken, speak],
  );
  const theme = useMemo(() => themeFor(words.t('action.close')), [words]);
  useEffect(() => {
    document.documentElement.lang = words.language;
  }, [words.language]);

  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <WordsContext value={words}>
        <Notifications position="bottom-right" limit={4} />
        <BrowserRouter>
          <Crash>
            <SessionGate speak={speak} />
          </Crash>
        </BrowserRouter>
      </WordsContext>
    </MantineProvider>
  );
}

function SessionGate({ speak }: { speak: (language: Language, keep: boolean) => Promise<void> }) {
  const [session, setSession] = useState<Session>({ state: 'unknown' });
  const api = useMemo(
    () =>
      createApiClient({
        language: () => document.documentElement.lang,
        onSignedOut: () => setSession((before) => ({ state: 'signed_out', expired: before.state === 'signed_in' })),
      }),
    [],
  );
  const findSession = useCallback(async (): Promise<void> => {
    const answer = await api.get<{ data: Me }>('/api/me');
    if (answer.ok) {
      applyBrand(answer.body.data.brand);
      setSession({ state: 'signed_in', me: answer.body.data });
      await speak(currentLanguage(answer.body.data.user.language), false);
    } else if (answer.fault.status !== 401) setSession({ state: 'unreachable', fault: answer.fault });
  }, [api, speak]);
  useEffect(() => void findSession(), [findSession]);

  switch (session.state) {
    case 'unknown':
      return null;
    case 'unreachable':
      return <FaultPage fault={session.fault} onRetry={findSession} />;
    case 'signed_out':
      return <SignInPage api={api} expired={session.expired} onSignedIn={findSession} />;
    case 'signed_in':
      return (
        <SignedIn api={api} me={session.me} onSignedOut={() => setSession({ state: 'signed_out', expired: false })} />
      );
  }
}

function SignedIn({ api, me, onSignedOut }: { api: ApiClient; me: Me; onSignedOut: () => void }) {
  const words = useWords();
  const listeners = useRef(new Set<LiveListener>());
  const hears = ['view_appointments', 'view_calls'].some((permission) => me.permissions.includes(permission));
  const stream = useLiveStream(hears ? '/api/v1/live' : null, (name, body) => {
    const change = liveChange(name, body);
    if (change) for (const listener of listeners.current) listener(change);
  });
  const listen = useCallback((listener: LiveListener) => {
    listeners.current.add(listener);
    return () => listeners.current.delete(listener);
  }, []);
  const admin = useMemo(
    () => ({ api, words, me, stream: hears ? stream : null, listen }),
    [api, words, me, hears, stream, listen],
  );
  const dataProvider = useMemo(() => createDataProvider(api), [api]);
  const i18nProvider = useMemo<I18nProvider>(
    () => ({
      // ra-core asks for few words of its own; ours come from the catalogues directly
      translate: (key, options) => (options?.['_'] as string | undefined) ?? words.catalogue[key] ?? key,
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
  return (
    <Routes>
      <Route path="/admin/appointments/calendar" element={<CalendarPage />} />
      <Route path="/admin/calls" element={<CallsPage />} />
      <Route path="/admin/calls/:id" element={<CallPage />} />
      {['/admin', '/admin/login', '/reseller/login'].map((path) => (
        <Route key={path} path={path} element={<Navigate to="/admin/appointments/calendar" replace />} />
      ))}
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
