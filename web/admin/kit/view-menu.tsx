/** One's own views of a list: what the address says under a name, kept with the account. Tabs beside the presets; saved, renamed and deleted here. Drawn by the index page. */
import { ActionIcon } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { SavedView } from '../../../shared/contract/preferences.ts';
import { Icon } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';
import { MenuButton } from '../menu-button.tsx';
import type { MenuPart } from '../menu-parts.ts';
import { showUndo } from '../undo-notice.tsx';
import type { ListPlace } from './use-list-place.ts';
import type { ListLook } from './use-list-look.ts';
import type { KitRow, View } from './view.ts';

/** As the contract has it, whose schemas stay out of the browser. */
const MAX_VIEWS = 10;
const UNDO_MS = 8_000;
const NameDialog = lazy(() => import('./name-dialog.tsx'));

/** A tab's value: presets have names without a colon. */
export const ownTab = ({ name }: SavedView): string => `own:${name}`;

interface ViewMenuProps<R extends KitRow> {
  view: View<R>;
  place: ListPlace;
  look: ListLook<R>;
  /** the one that is shown; null: none of one's own */
  own: SavedView | null;
}

export function ViewMenu<R extends KitRow>({ place, look, own }: ViewMenuProps<R>) {
  const { t } = useWords();
  /** whose name is asked for; `new`: of a new one */
  const [asks, setAsks] = useState<'new' | SavedView | null>(null);
  const { views, change } = look;
  const isFull = views.length >= MAX_VIEWS;
  const keep = (name: string): void => {
    setAsks(null);
    if (asks === 'new') change({ views: [...views, { name, query: place.asked }] });
    else change({ views: views.map((one) => (one === asks ? { ...one, name } : one)) });
  };
  const parts = (): MenuPart[] => {
    if (own !== null) {
      return [
        { label: t('kit.view_rename'), icon: 'pen', onPick: () => setAsks(own) },
        {
          label: t('kit.view_delete'),
          icon: 'bin',
          isDangerous: true,
          onPick: () => {
            change({ views: views.filter((one) => one !== own) });
            showUndo({
              message: t('kit.deleted', { name: own.name }),
              undo: t('action.undo'),
              onUndo: () => change({ views: [...views] }),
              forMs: UNDO_MS,
            });
          },
        },
      ];
    }
    return [
      ...(isFull
        ? [{ heading: t('kit.views_full') }]
        : [{ label: t('kit.view_save'), icon: 'star' as const, onPick: () => setAsks('new') }]),
      ...views.map((one) => ({
        label: t('kit.view_replace', { name: one.name }),
        icon: 'refresh' as const,
        onPick: () => change({ views: views.map((other) => (other === one ? { ...one, query: place.asked } : other)) }),
      })),
    ];
  };
  return (
    <>
      <MenuButton parts={parts}>
        <ActionIcon
          variant="subtle"
          color="gray"
          className="control-square"
          aria-label={t('kit.views')}
          title={t('kit.views')}
        >
          <Icon name="star" size={16} />
        </ActionIcon>
      </MenuButton>
      {asks !== null && (
        <Suspense>
          <NameDialog
            title={t(asks === 'new' ? 'kit.view_save' : 'kit.view_rename')}
            label={t('kit.view_name')}
            start={asks === 'new' ? '' : asks.name}
            taken={views.filter((one) => one !== asks).map(({ name }) => name)}
            onSave={keep}
            onClose={() => setAsks(null)}
          />
        </Suspense>
      )}
    </>
  );
}
