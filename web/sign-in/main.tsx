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
  if (/^\/signup(\/confirm)?\/?$/.test(pathname)) {
    const { SignupApp, loadSignupWords } = await import('./signup-app.tsx');
    return startWebApp(SignupApp, loadSignupWords);
  }
  if (!/^\/(invite|forgot|reset|email|link|support|factor-reset|factor-stop)\/?$/.test(pathname))
    return startWebApp(App, loadCatalogue);
  const { AccountApp, loadAccountWords } = await import('./account-app.tsx');
  return startWebApp(AccountApp, loadAccountWords);
}

void start();
