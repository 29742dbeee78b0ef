/** Entry of the customer portal: colour scheme first, then words, then the app. Built for Preact under React's names. */
import '../ui/color-scheme.ts';
import './portal.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { loadCatalogue } from './catalogues.ts';
import { applyHostBrand } from '../ui/brand.ts';
import { currentLanguage } from '../ui/language.ts';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  applyHostBrand();
  const language = currentLanguage();
  const catalogue = await loadCatalogue(language);
  createRoot(root).render(<App language={language} catalogue={catalogue} />);
}

void start();
