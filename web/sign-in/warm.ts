/**
 * Fetches what the page behind the sign-in needs while the person types, so that it stands at once. The Worker names it on the root element.
 * Called by the form.
 */

let isWarm = false;

/** Once; a browser that saves data is asked for nothing. */
export function warmUp(): void {
  const connection = (navigator as Navigator & { connection?: { saveData?: boolean } }).connection;
  if (isWarm || connection?.saveData === true) return;
  isWarm = true;
  for (const address of document.documentElement.dataset['warm']?.split(' ') ?? []) {
    const link = document.createElement('link');
    const isScript = address.endsWith('.js');
    link.rel = isScript ? 'modulepreload' : 'preload';
    if (!isScript) link.as = 'style';
    link.href = address;
    document.head.append(link);
  }
}
