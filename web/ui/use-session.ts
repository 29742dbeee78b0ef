/** Who is signed in: asked at start and after a sign-in, lost with the first 401. Called by both apps. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Me } from '../../shared/contract/faces.ts';
import { type ApiClient, type ApiFault, createApiClient } from './api-client.ts';
import { applyBrand } from './brand.ts';
import { currentLanguage } from './language.ts';
import type { Speak } from './words.ts';

export type Session =
  | { state: 'unknown' }
  | { state: 'unreachable'; fault: ApiFault }
  | { state: 'signed_out'; expired: boolean }
  | { state: 'signed_in'; me: Me };

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
    const answer = await api.get<{ data: Me }>('/api/me');
    if (answer.ok) {
      applyBrand(answer.body.data.brand);
      setSession({ state: 'signed_in', me: answer.body.data });
      await speak(currentLanguage(answer.body.data.user.language), false);
    } else if (answer.fault.status !== 401) setSession({ state: 'unreachable', fault: answer.fault });
  }, [api, speak]);
  useEffect(() => void findSession(), [findSession]);
  const onSignedOut = useCallback(() => setSession({ state: 'signed_out', expired: false }), []);
  return { session, api, findSession, onSignedOut };
}
