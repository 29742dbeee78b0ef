/** Entry of the sign-in: colour scheme first, then words, then the form. Built for Preact under React's names; knows no part of the panel. */
import '../ui/color-scheme.ts';
import './sign-in.css';
import { startWebApp } from '../ui/start-web-app.tsx';
import { SETUP_PATH } from '../../shared/page-data.ts';
import { App } from './app.tsx';
import { loadCatalogue } from './catalogues.ts';

/** The page behind the one-time link is opened once in the life of an installation: nobody else loads it. */
const page = location.pathname === SETUP_PATH ? (await import('./begin.tsx')).Begin : App;

void startWebApp(page, loadCatalogue);
