/** The panel: theme, words, who is signed in, the live stream, routes. Rendered by main.tsx. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { CoreAdminContext, type I18nProvider, memoryStore, useRefresh } from 'ra-core';
import { createContext, type ReactNode, Suspense, useCallback, useContext, useEffect, useMemo, useRef } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import type { ApiClient } from '../ui/api-client.ts';
import { translateIfKnown } from '../ui/i18n.ts';
import { type LiveChange, liveChange } from '../ui/live-change.ts';
import { useLiveStream } from '../ui/use-live-stream.ts';
import { type SignedInMe, useSession } from '../ui/use-session.ts';
import { type FirstTexts, type Speak, useAppTexts } from '../ui/use-app-texts.ts';
import { AdminContextProvider, type LiveListener, StreamContext, useWords, WordsContext } from './admin-context.tsx';
import { type AdminCatalogue, loadCatalogue } from './catalogues.ts';
import { createDataProvider } from './data-provider.ts';
import { Crash, FaultPage } from './page-parts.tsx';
import { useConfirmation } from './people/use-confirmation.tsx';
import { Pages } from './routes.tsx';
import { Shell } from './shell/shell.tsx';
import { cssVariables, themeFor } from './theme.ts';

/**
 * ra-core draws nothing at first unless store and words agree on a language, and then everything at one go. It is never asked for one: the
 * language is that of our own words.
 */
const OWN_LANGUAGE = 'own';
const store = memoryStore({ locale: OWN_LANGUAGE });

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
  const { session, api, findSession } = useSession(speak);
  switch (session.state) {
    case 'unknown':
      return <Waiting />;
    case 'unreachable':
      return <FaultPage fault={session.fault} onRetry={findSession} />;
    case 'signed_in':
      return <SignedIn api={api} me={session.me} />;
  }
}

/** Answers hold sentences: in another language they are asked for anew. */
function AnswersInLanguage() {
  const { language } = useWords();
  const refresh = useRefresh();
  const spoken = useRef(language);
  useEffect(() => {
    if (spoken.current === language) return;
    spoken.current = language;
    refresh();
  }, [language, refresh]);
  return null;
}

/** The page's own frame with its script running: who is signed in could not come along. */
function Waiting() {
  const { t } = useWords();
  return (
    <div className="frame" aria-busy="true" role="status" aria-label={t('kit.loading')}>
      <div className="frame-top" />
      <div className="frame-side" />
      <div className="frame-main" />
    </div>
  );
}

/** The live stream. What stands in it is not drawn again with every event. */
function Live({ isOn, tell, children }: { isOn: boolean; tell: LiveListener; children: ReactNode }) {
  const stream = useLiveStream(isOn ? '/api/v1/live' : null, (name, body) => {
    const change = liveChange(name, body);
    if (change) tell(change);
  });
  return <StreamContext value={isOn ? stream : null}>{children}</StreamContext>;
}

function SignedIn({ api: plain, me }: { api: ApiClient; me: SignedInMe }) {
  const words = useWords();
  const { confirmed: api, dialog } = useConfirmation(plain);
  const listeners = useRef(new Set<LiveListener>());
  // Only a business has a calendar and calls, whatever a role of another account may.
  const seesLive =
    me.tenant.type === 'business' &&
    ['view_appointments', 'view_calls'].some((permission) => me.permissions.includes(permission));
  const tell = useCallback((change: LiveChange): void => {
    for (const listener of listeners.current) listener(change);
  }, []);
  const listen = useCallback((listener: LiveListener) => {
    listeners.current.add(listener);
    return () => listeners.current.delete(listener);
  }, []);
  const admin = useMemo(() => ({ api, words, me, listen }), [api, words, me, listen]);
  const dataProvider = useMemo(() => createDataProvider(api), [api]);
  const i18nProvider = useMemo<I18nProvider>(
    () => ({
      // ra-core asks for few words of its own; ours come from the catalogues directly
      translate: (key, options) =>
        (options?.['_'] as string | undefined) ?? translateIfKnown(words.catalogue, key) ?? key,
      changeLocale: () => Promise.resolve(),
      getLocale: () => OWN_LANGUAGE,
    }),
    [words],
  );
  const signOut = async (): Promise<void> => {
    await api.post('/api/auth/sign-out', {});
    location.assign('/admin/login');
  };
  return (
    <AdminContextProvider value={admin}>
      <CoreAdminContext basename="/admin" dataProvider={dataProvider} i18nProvider={i18nProvider} store={store}>
        <AnswersInLanguage />
        <Live isOn={seesLive} tell={tell}>
          <Shell onSignOut={signOut}>
            <Crash>
              <Suspense fallback={null}>
                <Pages />
              </Suspense>
            </Crash>
          </Shell>
          {dialog}
        </Live>
      </CoreAdminContext>
    </AdminContextProvider>
  );
}
