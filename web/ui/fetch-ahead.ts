/** Has the browser fetch files of the app before they are asked for. Called by the sign-in for the page behind it and by the panel's first script. */

/** @param files addresses of scripts and style sheets with blanks between, as the Worker writes them (workers/tenancy/web-page.ts) */
export function fetchAhead(files: string | undefined): void {
  for (const address of files?.split(' ') ?? []) {
    if (address === '') continue;
    const link = document.createElement('link');
    const isScript = address.endsWith('.js');
    link.rel = isScript ? 'modulepreload' : 'preload';
    if (!isScript) link.as = 'style';
    // as the app asks for it, else it would be fetched twice
    link.crossOrigin = '';
    link.href = address;
    document.head.append(link);
  }
}
