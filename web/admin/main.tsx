/** Entry of the admin panel: colour scheme first, then words and the page of the address, then the app. */
import '../ui/color-scheme.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './admin.css';
import { startWebApp } from '../ui/start-web-app.tsx';
import { App } from './app.tsx';
import { loadCatalogue } from './catalogues.ts';
import { preloadPage } from './routes.tsx';
import { startPathHere } from './start-path.ts';

void startWebApp(App, loadCatalogue, () => preloadPage(startPathHere()));
