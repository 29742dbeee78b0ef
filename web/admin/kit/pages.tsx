/** The pages of a noun, each in a chunk of its own: who looks at a list needs neither forms nor what stands on a record. Drawn by pages of nouns. */
import { lazy, type ReactNode } from 'react';
import type { KitRow, View } from './view.ts';

const loadIndex = () => import('./index-page.tsx');
const loadDetail = () => import('./detail-page.tsx');
const loadForms = () => import('./form-page.tsx');

/** Brings the one that an address below a noun's path shows before it is drawn. @param rest of the address behind that path */
export async function preloadKitPage(rest: string): Promise<void> {
  if (/(^|\/)(create|edit)$/.test(rest)) await loadForms();
  else await (rest === '' ? loadIndex() : loadDetail());
}

// A lazy component keeps no type parameter of what it loads.
type KitPage = <R extends KitRow>(props: { view: View<R> }) => ReactNode;
export const IndexPage = lazy(async () => ({ default: (await loadIndex()).IndexPage })) as unknown as KitPage;
export const DetailPage = lazy(async () => ({ default: (await loadDetail()).DetailPage })) as unknown as KitPage;
export const CreatePage = lazy(async () => ({ default: (await loadForms()).CreatePage })) as unknown as KitPage;
export const EditPage = lazy(async () => ({ default: (await loadForms()).EditPage })) as unknown as KitPage;
