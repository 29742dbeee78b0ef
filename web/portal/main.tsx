/** Entry of the customer portal: colour scheme first, then words, then the app. Built for Preact under React's names. */
import '../ui/color-scheme.ts';
import './portal.css';
import { startWebApp } from '../ui/start-web-app.tsx';
import { App } from './app.tsx';
import { loadCatalogue } from './catalogues.ts';

void startWebApp(App, loadCatalogue);
