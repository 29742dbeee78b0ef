/** Entry of the admin panel: colour scheme first, then words, then the app. */
import '../ui/color-scheme.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './admin.css';
import { startWebApp } from '../ui/start-web-app.tsx';
import { App } from './app.tsx';
import { loadCatalogue } from './catalogues.ts';

void startWebApp(App, loadCatalogue);
