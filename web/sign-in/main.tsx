/** Entry of the sign-in: colour scheme first, then words, then the form. Built for Preact under React's names; knows no part of the panel. */
import '../ui/color-scheme.ts';
import './sign-in.css';
import { startWebApp } from '../ui/start-web-app.tsx';
import { App } from './app.tsx';
import { loadCatalogue } from './catalogues.ts';

/** Pages behind links of mails: nobody who signs in loads them. */
async function start(): Promise<void> {
  if (!/^\/(invite|forgot|reset|email)\/?$/.test(location.pathname)) return startWebApp(App, loadCatalogue);
  const [{ AccountApp }, { loadAccountWords }] = await Promise.all([
    import('./account-app.tsx'),
    import('./account-words.ts'),
  ]);
  return startWebApp(AccountApp, loadAccountWords);
}

void start();
