/** Entry of the admin panel: colour scheme first, then words, then the app. */
import '../ui/color-scheme.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './admin.css';
import { createRoot } from 'react-dom/client';
import { applyHostBrand } from '../ui/brand.ts';
import { currentLanguage } from '../ui/language.ts';
import { App } from './app.tsx';
import { loadCatalogue } from './catalogues.ts';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  applyHostBrand();
  const language = currentLanguage();
  const catalogue = await loadCatalogue(language);
  createRoot(root).render(<App language={language} catalogue={catalogue} />);
}

void start();
