/** The panel: theme, words, who is signed in, the live stream, routes. Rendered by main.tsx. */
import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { CoreAdminContext, type I18nProvider, memoryStore, useRefresh } from 'ra-core';
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import type { ApiClient } from '../ui/api-client.ts';
import { keepColorScheme, storedColorScheme } from '../ui/color-scheme.ts';
import { Elsewhere } from '../ui/elsewhere.tsx';
import { translateIfKnown } from '../ui/i18n.ts';
import { type LiveChange, liveChange } from '../ui/live-change.ts';
import { useLiveStream } from '../ui/use-live-stream.ts';
import { type SignedInMe, useSession } from '../ui/use-session.ts';
import { signOut } from '../ui/signed-out.ts';
import { type FirstTexts, type Speak, useAppTexts } from '../ui/use-app-texts.ts';
import { AdminContextProvider, type LiveListener, StreamContext, useWords, WordsContext } from './admin-context.tsx';
import { loadCatalogue } from './area-words.ts';
import type { AdminCatalogue } from './catalogues.ts';
import { createDataProvider } from './data-provider.ts';
import { Crash, FaultPage } from './page-parts.tsx';
import { useConfirmation } from '../ui/use-confirmation.tsx';
import { ConfirmPassword } from './people/lazy-confirm-password.ts';
import { Pages } from './routes.tsx';
import { Shell } from './shell/shell.tsx';
import { cssVariables, themeFor } from './theme.ts';
import { Toasts } from './toasts.tsx';

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
        <Toasts />
        <SpeakContext value={speak}>
          <RouterProvider router={router} />
        </SpeakContext>
      </WordsContext>
    </MantineProvider>
  );
}

const OwedPage = lazy(() => import('./people/owed-page.tsx'));

const signOutOf = (api: ApiClient): Promise<void> => signOut(api, '/admin/login');

function SessionGate() {
  const { t } = useWords();
  const speak = useContext(SpeakContext);
  const { session, api, findSession } = useSession(speak);
  switch (session.state) {
    case 'unknown':
      return <Waiting />;
    case 'unreachable':
      if (session.fault.code === 'ADDRESS_REFUSED') return <Elsewhere api={api} t={t} fault={session.fault} />;
      return <FaultPage fault={session.fault} onRetry={findSession} />;
    case 'signed_in':
      if (session.me.second_factor?.required === true)
        return (
          <Suspense fallback={<Waiting />}>
            <OwedPage api={api} me={session.me} onSignOut={() => signOutOf(api)} />
          </Suspense>
        );
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
  const { setColorScheme } = useMantineColorScheme();
  const theme = me.preferences?.theme;
  useEffect(() => {
    // Mantine has a mind of its own about the scheme: it is told before the session applies what was chosen elsewhere.
    if (theme === undefined || theme === storedColorScheme()) return;
    setColorScheme(theme);
    keepColorScheme(theme);
  }, [theme, setColorScheme]);
  const { api, dialog } = useConfirmation(plain, ConfirmPassword);
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
  return (
    <AdminContextProvider value={admin}>
      <CoreAdminContext basename="/admin" dataProvider={dataProvider} i18nProvider={i18nProvider} store={store}>
        <AnswersInLanguage />
        <Live isOn={seesLive} tell={tell}>
          <Shell onSignOut={() => signOutOf(api)}>
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
