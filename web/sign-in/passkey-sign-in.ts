/** Signs in by a passkey. Loaded when somebody asks for it. */
import type { ApiClient } from '../ui/api-client.ts';
import { signByPasskey } from '../ui/webauthn.ts';

/** False: cancelled, refused, or out of reach; nothing tells an unknown passkey from a wrong one. */
export async function signInByPasskey(api: ApiClient): Promise<boolean> {
  const asked = await api.post<{ data: { options: unknown } }>('/api/auth/passkey/options', {});
  if (!asked.ok) return false;
  const credential = await signByPasskey(asked.body.data.options);
  if (credential === null) return false;
  return (await api.post('/api/auth/passkey/sign-in', { credential })).ok;
}
