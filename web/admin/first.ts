/**
 * The panel's first script, a kilobyte: colour scheme, then the app once the page that the Worker wrote is drawn. So what the reader came for
 * has the line and the processor to itself, and 300 kB of app come behind it. Named by index.html.
 */
import '../ui/color-scheme.ts';
import { fetchAhead } from '../ui/fetch-ahead.ts';
import { arrived, firstPaint } from '../ui/first-paint.ts';

async function startPanel(): Promise<void> {
  await firstPaint();
  fetchAhead(document.documentElement.dataset['late']);
  // The app reads what came along at the document's end.
  await arrived();
  // In two steps, so that reading and running the app does not hold up the page at one go.
  await import('react-dom/client');
  await import('./main.tsx');
}

// Not awaited here: the app imports what it shares with this file.
void startPanel();
