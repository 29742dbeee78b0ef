/** The portal: who is signed in, which page is shown, the live balance above all. Rendered by main.tsx. */
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { BalanceMessage } from '../../shared/contract/live.ts';
import type { BalanceResponse } from '../../shared/contract/money.ts';
import { BALANCE } from '../../shared/page-data.ts';
import type { ApiClient } from '../ui/api-client.ts';
import { Elsewhere } from '../ui/elsewhere.tsx';
import { productName } from '../ui/product-name.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { useLiveStream } from '../ui/use-live-stream.ts';
import { type SignedInMe, useSession } from '../ui/use-session.ts';
import { signOut } from '../ui/signed-out.ts';
import { type FirstTexts, useAppTexts } from '../ui/use-app-texts.ts';
import { loadCatalogue, type PortalCatalogue } from './catalogues.ts';
import { HistoryPage } from './history-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { type Live, PortalContextProvider, usePortal, useWords, type Words, WordsContext } from './portal-context.tsx';
import { usePlace } from './router.tsx';
import { Shell } from './shell.tsx';
import { Crash, FaultBox, Lone, NotFound } from './parts.tsx';
import { TopupPage } from './topup-page.tsx';

const ProfilePage = lazy(() => import('./profile-page.tsx'));
const CallsPage = lazy(() => import('./calls-page.tsx'));
const OwedPage = lazy(() => import('./owed-page.tsx'));
const PROFILE = '/portal/settings/profile';
const CALLS = '/portal/calls';

const signOutOf = (api: ApiClient): Promise<void> => signOut(api, '/portal/login');

export function App({ first }: { first: FirstTexts<PortalCatalogue> }) {
  const { words, speak } = useAppTexts(first, loadCatalogue);
  const { session, api, findSession } = useSession(speak);

  return (
    <WordsContext value={words}>
      {session.state === 'unknown' && <Waiting label={words.t('portal.loading')} />}
      {session.state === 'signed_in' && session.me.second_factor?.required === true && (
        <Suspense fallback={<Waiting label={words.t('portal.loading')} />}>
          <OwedPage api={api} me={session.me} onSignOut={() => signOutOf(api)} />
        </Suspense>
      )}
      {session.state === 'signed_in' && session.me.second_factor?.required !== true && (
        <SignedIn api={api} me={session.me} words={words} />
      )}
      {session.state === 'unreachable' &&
        (session.fault.code === 'ADDRESS_REFUSED' ? (
          <Elsewhere api={api} t={words.t} fault={session.fault} />
        ) : (
          <main className="alone">
            <FaultBox fault={session.fault} onRetry={findSession} />
          </main>
        ))}
    </WordsContext>
  );
}

interface SignedInProps {
  api: ApiClient;
  me: SignedInMe;
  words: Words;
}

/** The page's own frame with its script running: who is signed in could not come along. */
function Waiting({ label }: { label: string }) {
  return (
    <div className="frame frame-portal" aria-busy="true" role="status" aria-label={label}>
      <div className="frame-top" />
      <div className="frame-main">
        <div className="frame-card" />
      </div>
    </div>
  );
}

function SignedIn({ api, me, words }: SignedInProps) {
  const live = useLiveBalance(api, words.language, me.permissions.includes('view_balance'));
  const portal = useMemo(() => ({ api, me, words, live }), [api, me, words, live]);
  return (
    <PortalContextProvider value={portal}>
      <Shell onSignOut={() => signOutOf(api)}>
        <Crash>
          <Page />
        </Crash>
      </Shell>
    </PortalContextProvider>
  );
}

/** The balance from the stream; the first event is the present balance, the GET brings what the stream does not (reach). */
function useLiveBalance(api: ApiClient, language: string, maySee: boolean): Live {
  const [streamed, setStreamed] = useState<BalanceMessage | null>(null);
  const [seen, setSeen] = useState({ transactions: 0, topups: 0 });
  const fetched = useAnswer<BalanceResponse>(maySee ? BALANCE : null, (signal) => api.get(BALANCE, {}, signal), {
    language,
    asked: { path: BALANCE },
  });
  const stream = useLiveStream(fetched.body ? '/customer/balance/stream' : null, (name, body) => {
    if (name === 'balance' && body !== null) setStreamed(body as BalanceMessage);
    if (name === 'transaction') setSeen((before) => ({ ...before, transactions: before.transactions + 1 }));
    if (name === 'topup') setSeen((before) => ({ ...before, topups: before.topups + 1 }));
    if (name === 'reset' || name === 'reconnected') {
      fetched.reload();
      setSeen((before) => ({ transactions: before.transactions + 1, topups: before.topups + 1 }));
    }
  });
  return useMemo(() => {
    const loaded = fetched.body?.data ?? null;
    const newer = streamed !== null && (loaded === null || streamed.sequence >= loaded.sequence) ? streamed : null;
    return {
      state: stream.state,
      lastSeenAt: stream.lastSeenAt,
      balance: newer === null ? loaded : { ...loaded, ...newer },
      fault: newer === null ? fetched.fault : null,
      reload: fetched.reload,
      transactionsSeen: seen.transactions,
      topupsSeen: seen.topups,
    };
  }, [fetched.body, fetched.fault, fetched.reload, streamed, stream, seen]);
}

function Page() {
  const { t } = useWords();
  const { me, live } = usePortal();
  const { path } = usePlace();
  const titles: Record<string, string> = {
    '/portal': t('nav.overview'),
    '/portal/billing/topup': t('topup.title'),
    '/portal/billing/history': t('history.title'),
    [PROFILE]: t('profile.title'),
    [CALLS]: t('calls.title'),
  };
  const title = titles[path] ?? t('portal.name');
  useEffect(() => {
    document.title = `${title} · ${productName()}`;
  }, [title]);
  // Everybody has one, whatever they may see of the money.
  if (path === PROFILE)
    return (
      <Suspense fallback={null}>
        <ProfilePage />
      </Suspense>
    );
  if (path === CALLS)
    return (
      <Suspense fallback={null}>
        <CallsPage />
      </Suspense>
    );
  if (!me.permissions.includes('view_balance')) {
    return <Lone icon="wallet" title={t('balance.forbidden')} hint={t('topup.forbidden_hint')} />;
  }
  if (live.fault?.status === 404) return <Lone icon="wallet" title={t('balance.none')} hint={t('balance.none_hint')} />;
  switch (path) {
    case '/portal':
    case '/portal/login':
    case '/portal/billing':
      return <OverviewPage />;
    case '/portal/billing/topup':
      return <TopupPage />;
    case '/portal/billing/history':
      return <HistoryPage />;
    default:
      return <NotFound />;
  }
}
