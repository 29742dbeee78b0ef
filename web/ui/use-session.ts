/** Who is signed in: asked at start and after a sign-in, lost with the first 401. Called by both apps. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Me, MeResponse } from '../../shared/contract/identity.ts';
import { type ApiClient, type ApiFault, createApiClient } from './api-client.ts';
import { applyBrand } from './brand.ts';
import { currentLanguage } from './language.ts';
import type { Speak } from './use-app-texts.ts';

/** Somebody with an account: what asks with an API key has no session here. */
export type SignedInMe = Me & { user: NonNullable<Me['user']> };

export type Session =
  | { state: 'unknown' }
  | { state: 'unreachable'; fault: ApiFault }
  | { state: 'signed_out'; expired: boolean }
  | { state: 'signed_in'; me: SignedInMe };

/** Who is signed in, the client that speaks for them, and the two ways on: look again, or be signed out by choice. */
export function useSession(speak: Speak): {
  session: Session;
  api: ApiClient;
  findSession: () => Promise<void>;
  onSignedOut: () => void;
} {
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
    const answer = await api.get<MeResponse>('/api/me');
    if (answer.ok) {
      const me = answer.body.data;
      const { user } = me;
      if (user === null) return setSession({ state: 'signed_out', expired: false });
      applyBrand(me.brand);
      setSession({ state: 'signed_in', me: { ...me, user } });
      await speak(currentLanguage(user.language), false);
    } else if (answer.fault.status !== 401) setSession({ state: 'unreachable', fault: answer.fault });
  }, [api, speak]);
  useEffect(() => void findSession(), [findSession]);
  const onSignedOut = useCallback(() => setSession({ state: 'signed_out', expired: false }), []);
  return { session, api, findSession, onSignedOut };
}
