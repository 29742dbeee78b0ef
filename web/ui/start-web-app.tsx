/** Starts a web app: the host's brand, then the words, then the app. Called by both entries. */
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import type { Language } from '../../shared/i18n/language.ts';
import { applyHostBrand } from './brand.ts';
import type { Catalogue } from './i18n.ts';
import { currentLanguage } from './language.ts';
import type { FirstTexts } from './use-app-texts.ts';

export async function startWebApp<C extends Catalogue>(
  App: ComponentType<{ first: FirstTexts<C> }>,
  load: (language: Language) => Promise<C>,
): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  applyHostBrand();
  const language = currentLanguage();
  const first = { language, catalogue: await load(language) };
  createRoot(root).render(<App first={first} />);
}
