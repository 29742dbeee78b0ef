/** Entry of the sign-in: colour scheme first, then words, then the form. Built for Preact under React's names; knows no part of the panel. */
import '../ui/color-scheme.ts';
import './sign-in.css';
import { startWebApp } from '../ui/start-web-app.tsx';
import { SETUP_PATH } from '../../shared/page-data.ts';
import { App } from './app.tsx';
import { loadCatalogue } from './catalogues.ts';

/** Pages behind links: nobody who signs in loads them. */
async function start(): Promise<void> {
  if (location.pathname === SETUP_PATH) {
    const [{ Begin }, { loadBeginWords }] = await Promise.all([import('./begin.tsx'), import('./begin-words.ts')]);
    return startWebApp(Begin, loadBeginWords);
  }
  if (!/^\/(invite|forgot|reset|email)\/?$/.test(location.pathname)) return startWebApp(App, loadCatalogue);
  const [{ AccountApp }, { loadAccountWords }] = await Promise.all([
    import('./account-app.tsx'),
    import('./account-words.ts'),
  ]);
  return startWebApp(AccountApp, loadAccountWords);
}

void start();
