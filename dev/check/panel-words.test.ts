/** The check of the panel's words finds a key that a page can't say, one that the frame can't, and words that nobody says. */
import { expect, it } from 'vitest';
import { PANEL_AREAS } from '../../shared/panel-words.ts';
import { type PanelKeys, panelWordsProblems } from './panel-words.ts';

const KEYS = {
  ...Object.fromEntries(PANEL_AREAS.map((area) => [area, []])),
  frame: ['nav.calls'],
  calls: ['calls.title', 'calls.state.open'],
  kit: ['kit.more'],
} as unknown as PanelKeys;
const SOURCES = new Map([
  ['web/admin/main.tsx', `import { Pages } from './routes.tsx'; t('nav.calls');`],
  ['web/admin/routes.tsx', `const calls = lazyPage('calls-page', () => import('./calls/calls-page.tsx'));`],
  ['web/admin/calls/calls-page.tsx', `import { List } from '../kit/list.tsx'; t('calls.title'); t('nav.calls');`],
  ['web/admin/kit/list.tsx', `import type { Far } from '../far.ts'; const later = import('./later.tsx');`],
  ['web/admin/kit/later.tsx', `t('kit.more');`],
  ['web/admin/far.ts', `t('tenants.title');`],
]);
const problems = (changes: Readonly<Record<string, string>>, areas: readonly string[] = ['calls', 'kit']) =>
  panelWordsProblems(new Map([...SOURCES, ...Object.entries(changes)]), { 'calls-page': areas }, KEYS);

it('passes a page whose words come with it, those of its later parts too', async () => {
  expect(await problems({})).toEqual([]);
});

it.each([
  ['an area that is not loaded', {}, ['calls'], 'later.tsx) without the words of kit'],
  ['an area that is loaded for nothing', {}, ['calls', 'kit', 'legal'], 'loads the words of legal and says none'],
  [
    'a key made from data',
    { 'web/admin/far.ts': '' },
    ['kit'],
    "'calls.title' (web/admin/calls/calls-page.tsx) without",
  ],
  [
    'only a key made from data',
    { 'web/admin/calls/calls-page.tsx': `import '../kit/list.tsx'; t(\`calls.state.\${state}\`);` },
    ['kit'],
    "'calls.state.open'",
  ],
  [
    'words of a page in the frame',
    { 'web/admin/routes.tsx': `${SOURCES.get('web/admin/routes.tsx')} t('kit.more');` },
    ['calls', 'kit'],
    "the panel's frame says 'kit.more'",
  ],
  ['a page that is none', { 'web/admin/routes.tsx': '' }, [], 'calls-page of shared/panel-words.ts is no page'],
])('names %s', async (_, changes, areas, said) => {
  expect((await problems(changes, areas)).join('\n')).toContain(said);
});
