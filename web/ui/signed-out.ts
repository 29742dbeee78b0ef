/** From a web app to the sign-in, which is a page of its own: whether the session expired is told to it. Called by apps and sign-in. */
import type { ApiClient } from './api-client.ts';

const EXPIRED = 'askpro.expired';

let isLeaving = false;
// Back by the browser's own button the page may stand as it was left.
addEventListener('pageshow', () => {
  isLeaving = false;
});

/** Ends the session by a request and goes where it says. What other requests are answered meanwhile leads nowhere else. */
export async function leaveBy(ending: () => Promise<string>): Promise<void> {
  isLeaving = true;
  location.assign(await ending());
}

export const signOut = (api: ApiClient, next: string): Promise<void> =>
  leaveBy(async () => {
    await api.post('/api/auth/sign-out', {});
    return next;
  });

/** A request was answered that nobody is signed in: the page begins again, unless it is being left. */
export function sessionEnded(): void {
  if (isLeaving) return;
  noteExpired();
  location.reload();
}

/** The session ended by itself: the sign-in says so once. */
function noteExpired(): void {
  try {
    sessionStorage.setItem(EXPIRED, '1');
  } catch {
    // Storage can be switched off; the sign-in then does not say why it is there.
  }
}

/** Whether it did; asked once. */
export function takeExpired(): boolean {
  try {
    const expired = sessionStorage.getItem(EXPIRED) !== null;
    sessionStorage.removeItem(EXPIRED);
    return expired;
  } catch {
    return false;
  }
}
