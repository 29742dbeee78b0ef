/** Entry of the sign-in: colour scheme first, then words, then the form. Built for Preact under React's names; knows no part of the panel. */
import '../ui/color-scheme.ts';
import './sign-in.css';
import { startWebApp } from '../ui/start-web-app.tsx';
import { App } from './app.tsx';
import { loadCatalogue } from './catalogues.ts';

void startWebApp(App, loadCatalogue);
