/**
 * Who is signed in: the page brings it along; where it could not, it is asked at start. Who is signed out looks at the sign-in, which the
 * Worker serves at the same address. Called by both apps.
 */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Me, MeResponse } from '../../shared/contract/identity.ts';
import { ME } from '../../shared/page-data.ts';
import { type ApiClient, type ApiFault, createApiClient } from './api-client.ts';
import { applyBrand } from './brand.ts';
import { noteReached } from './connection.ts';
import { applyColorScheme, storedColorScheme } from './color-scheme.ts';
import { keepPreferencesWith } from './keep-preference.ts';
import { currentLanguage } from './language.ts';
import { firstAnswers } from './page-data.ts';
import { sessionEnded } from './signed-out.ts';
import type { Speak } from './use-app-texts.ts';

/** Somebody with an account: what asks with an API key has no session here. */
export type SignedInMe = Me & { user: NonNullable<Me['user']> };

export type Session =
  | { state: 'unknown' }
  | { state: 'unreachable'; fault: ApiFault }
  | { state: 'signed_in'; me: SignedInMe };

const withUser = (me: Me | null): SignedInMe | null => (me?.user ? { ...me, user: me.user } : null);

/** Who is signed in, the client that speaks for them, and another look where the first failed. */
export function useSession(speak: Speak): { session: Session; api: ApiClient; findSession: () => Promise<void> } {
  const [session, setSession] = useState<Session>(() => {
    const me = withUser(firstAnswers().me);
    return me === null ? { state: 'unknown' } : { state: 'signed_in', me };
  });
  const api = useMemo(
    () =>
      createApiClient({
        language: () => document.documentElement.lang,
        onSignedOut: sessionEnded,
        // Demanded while the page was open, or its day has come: the page of it stands at every address.
        onFactorOwed: () => location.reload(),
        onReached: noteReached,
        takeInlined: (path, query) => firstAnswers().take(path, query),
      }),
    [],
  );
  const findSession = useCallback(async (): Promise<void> => {
    const answer = await api.get<MeResponse>(ME);
    if (!answer.ok) {
      if (answer.fault.status !== 401) setSession({ state: 'unreachable', fault: answer.fault });
      return;
    }
    const me = withUser(answer.body.data);
    if (me === null) return location.reload();
    applyBrand(me.brand);
    // Words first: no page is shown, and nothing asked, in another language than the person's.
    await speak(currentLanguage(me.user.language), false);
    setSession({ state: 'signed_in', me });
  }, [api, speak]);
  const me = session.state === 'signed_in' ? session.me : null;
  useEffect(() => {
    if (me === null) return;
    // What was chosen on another device comes first: only what is chosen from now on is told.
    const { theme, language } = me.preferences ?? {};
    if (theme !== undefined && theme !== storedColorScheme()) applyColorScheme(theme, true);
    if (language !== undefined && language !== document.documentElement.lang) void speak(language, true);
    // The support looks on with the person's eyes and leaves nothing of its own; who owes a second factor changes nothing before.
    if (me.support !== undefined || me.second_factor?.required === true) return;
    keepPreferencesWith((change) => void api.patch('/api/v1/me/preferences', change));
    return () => keepPreferencesWith(null);
  }, [me, api, speak]);
  const isUnknown = session.state === 'unknown';
  useEffect(() => {
    if (isUnknown) void findSession();
  }, [isUnknown, findSession]);
  return { session, api, findSession };
}
