/** Entry of the sign-in: colour scheme first, then words, then the form. Built for Preact under React's names; knows no part of the panel. */
import '../ui/color-scheme.ts';
import './sign-in.css';
import { startWebApp } from '../ui/start-web-app.tsx';
import { SETUP_PATH } from '../../shared/page-data.ts';
import { App } from './app.tsx';
import { loadCatalogue } from './catalogues.ts';

/** Pages behind links: nobody who signs in loads them. */
async function start(): Promise<void> {
  const { pathname } = location;
  if (pathname === SETUP_PATH) {
    const { Begin, loadBeginWords } = await import('./begin.tsx');
    return startWebApp(Begin, loadBeginWords);
  }
  if (!/^\/(invite|forgot|reset|email)\/?$/.test(pathname)) return startWebApp(App, loadCatalogue);
  const { AccountApp, loadAccountWords } = await import('./account-app.tsx');
  return startWebApp(AccountApp, loadAccountWords);
}

void start();
