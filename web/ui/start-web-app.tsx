/** Starts a web app: the words of its reader and the code of its first page, then the app. Called by all entries. */
import { type ComponentType, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import type { Language } from '../../shared/i18n/language.ts';
import type { Catalogue } from './i18n.ts';
import { currentLanguage } from './language.ts';
import { firstAnswers } from './page-data.ts';
import { asMarked } from './pseudo.ts';
import type { FirstTexts } from './use-app-texts.ts';

/** The app's own sheet does not hold back the frame (vite.config.ts): it counts from here on. One that fails to come holds up nobody. */
async function lateSheets(): Promise<void> {
  const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[data-late]')];
  await Promise.all(
    sheets.map(async (sheet) => {
      if (sheet.sheet === null)
        await new Promise((resolve) => {
          sheet.addEventListener('load', resolve, { once: true });
          sheet.addEventListener('error', resolve, { once: true });
        });
      sheet.media = 'all';
    }),
  );
}

export async function startWebApp<C extends Catalogue>(
  App: ComponentType<{ first: FirstTexts<C> }>,
  load: (language: Language) => Promise<C>,
  preload: () => Promise<void> = async () => undefined,
): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  const language = currentLanguage(firstAnswers().me?.user?.language);
  document.documentElement.lang = language;
  const [catalogue] = await Promise.all([load(language), preload(), lateSheets()]);
  const first = { language, catalogue: asMarked(catalogue) };
  // In slices, so that the page answers its reader while it is made.
  const app = createRoot(root);
  startTransition(() => app.render(<App first={first} />));
}
