/**
 * The panel's words as they come: the frame's first, an area's with the first of its pages, and on a switch of language all that is in use at once,
 * so that no page ever shows keys or two languages. Called at start, on a switch and by lazy-page.tsx.
 */
import type { Language } from '../../shared/i18n/language.ts';
import type { PanelArea } from '../../shared/panel-words.ts';
import type { Catalogue } from '../ui/i18n.ts';
import { asMarked } from '../ui/pseudo.ts';
import { type AdminCatalogue, AREAS, FRAME } from './catalogues.ts';

/** What has come, by language and area. */
const kept: Record<Language, Partial<Record<PanelArea, Catalogue>>> = { de: {}, en: {} };
const used = new Set<PanelArea>();
let spoken: Language = 'de';

async function keep(area: PanelArea, language: Language): Promise<void> {
  kept[language][area] ??= asMarked<Catalogue>(await AREAS[area][language]());
}

/** The frame's words and those of every area in use. */
export async function loadCatalogue(language: Language): Promise<AdminCatalogue> {
  spoken = language;
  const [frame] = await Promise.all([FRAME[language](), ...[...used].map((area) => keep(area, language))]);
  // Pages say what is their own below `AreaWords` only.
  return frame as AdminCatalogue;
}

/** Brings the words of a page, in the language that is spoken when they are there. */
export async function loadAreas(areas: readonly PanelArea[]): Promise<void> {
  for (const area of areas) used.add(area);
  let language: Language;
  do {
    language = spoken;
    await Promise.all(areas.map((area) => keep(area, language)));
  } while (language !== spoken);
}

/** The words of areas, or, where one of them has not come, the promise of them. */
export function areaWords(areas: readonly PanelArea[], language: Language): Catalogue | Promise<Catalogue> {
  const missing = areas.find((area) => kept[language][area] === undefined);
  if (missing !== undefined) return keep(missing, language).then(() => areaWords(areas, language));
  return Object.assign({}, ...areas.map((area) => kept[language][area])) as Catalogue;
}
