/**
 * Fetches what the page behind the sign-in needs while the person types, so that it stands at once. The Worker names it on the root element.
 * Called by the form.
 */
import { fetchAhead } from '../ui/fetch-ahead.ts';

let isWarm = false;

/** Once; a browser that saves data is asked for nothing. */
export function warmUp(): void {
  const connection = (navigator as Navigator & { connection?: { saveData?: boolean } }).connection;
  if (isWarm || connection?.saveData === true) return;
  isWarm = true;
  fetchAhead(document.documentElement.dataset['warm']);
}
