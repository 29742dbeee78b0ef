/** From a web app to the sign-in, which is a page of its own: whether the session expired is told to it. Called by apps and sign-in. */

const EXPIRED = 'askpro.expired';

/** The session ended by itself: the sign-in says so once. */
export function noteExpired(): void {
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
