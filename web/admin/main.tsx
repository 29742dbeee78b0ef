/** The app of the admin panel: words and the page of the address, then the first render. Fetched by first.ts. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './admin.css';
import { startWebApp } from '../ui/start-web-app.tsx';
import { App } from './app.tsx';
import { loadCatalogue } from './area-words.ts';
import { preloadPage } from './routes.tsx';
import { startPathHere } from './start-path.ts';

void startWebApp(App, loadCatalogue, () => preloadPage(startPathHere()));
