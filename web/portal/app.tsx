/** The portal: who is signed in, which page is shown, the live balance above all. Rendered by main.tsx. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Balance, BalanceEvent, Me } from '../../shared/contract/faces.ts';
import type { portalDe } from '../../shared/i18n/faces/portal.de.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { type ApiClient, type ApiFault, createApiClient } from '../ui/api-client.ts';
import { applyBrand } from '../ui/brand.ts';
import { createTranslate } from '../ui/i18n.ts';
import { currentLanguage, storeLanguage } from '../ui/language.ts';
import { productName } from '../ui/product-name.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { useLiveStream } from '../ui/use-live-stream.ts';
import { loadCatalogue, type PortalCatalogue } from './catalogues.ts';
import { HistoryPage } from './history-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { type Live, PortalContextProvider, usePortal, useWords, type Words, WordsContext } from './portal-context.tsx';
import { navigate, usePlace } from './router.tsx';
import { Shell } from './shell.tsx';
import { Crash, FaultBox, Lone, NotFound } from './parts.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { TopupPage } from './topup-page.tsx';

type Session =
  | { state: 'unknown' }
  | { state: 'unreachable'; fault: ApiFault }
  | { state: 'signed_out'; expired: boolean }
  | { state: 'signed_in'; me: Me };

export function App({
  language: first,
  catalogue: firstCatalogue,
}: {
  language: Language;
  catalogue: PortalCatalogue;
}) {
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
      t: createTranslate(spoken.catalogue as typeof portalDe, spoken.language),
      setLanguage: (language) => void speak(language, true),
    }),
    [spoken, speak],
  );
  useEffect(() => {
    document.documentElement.lang = words.language;
  }, [words.language]);

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

  return (
    <WordsContext value={words}>
      {session.state === 'signed_in' && (
        <SignedIn
          api={api}
          me={session.me}
          words={words}
          onSignedOut={() => setSession({ state: 'signed_out', expired: false })}
        />
      )}
      {session.state === 'signed_out' && <SignInPage api={api} expired={session.expired} onSignedIn={findSession} />}
      {session.state === 'unreachable' && (
        <main className="alone">
          <FaultBox fault={session.fault} onRetry={findSession} />
        </main>
      )}
    </WordsContext>
  );
}

interface SignedInProps {
  api: ApiClient;
  me: Me;
  words: Words;
  onSignedOut: () => void;
}

function SignedIn({ api, me, words, onSignedOut }: SignedInProps) {
  const live = useLiveBalance(api, me.permissions.includes('view_balance'));
  const portal = useMemo(() => ({ api, me, words, live }), [api, me, words, live]);
  const signOut = async (): Promise<void> => {
    await api.post('/api/auth/sign-out', {});
    navigate('/portal/login');
    onSignedOut();
  };
  return (
    <PortalContextProvider value={portal}>
      <Shell onSignOut={signOut}>
        <Crash>
          <Page />
        </Crash>
      </Shell>
    </PortalContextProvider>
  );
}

/** The balance from the stream; the first event is the present balance, the GET brings what the stream does not (reach). */
function useLiveBalance(api: ApiClient, maySee: boolean): Live {
  const [streamed, setStreamed] = useState<BalanceEvent | null>(null);
  const [seen, setSeen] = useState({ transactions: 0, topups: 0 });
  const fetched = useAnswer<{ data: Balance }>(maySee ? 'balance' : null, (signal) =>
    api.get('/customer/balance', {}, signal),
  );
  const stream = useLiveStream(fetched.body ? '/customer/balance/stream' : null, (name, body) => {
    if (name === 'balance' && body !== null) setStreamed(body as BalanceEvent);
    if (name === 'transaction') setSeen((before) => ({ ...before, transactions: before.transactions + 1 }));
    if (name === 'topup') setSeen((before) => ({ ...before, topups: before.topups + 1 }));
    if (name === 'reset' || name === 'reconnected') {
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
  };
  const title = titles[path] ?? t('portal.name');
  useEffect(() => {
    document.title = `${title} · ${productName()}`;
  }, [title]);
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
