/** The palette's button in the header, and ⌘K or Ctrl K from anywhere. Its code and words come with the first opening. Drawn by the shell. */
import { UnstyledButton } from '@mantine/core';
import { Suspense, useEffect, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';
import { lazyPage } from '../lazy-page.tsx';

const palette = lazyPage('palette', () => import('../palette/palette.tsx'));
/** Whoever points at it is about to press it; what does not come is asked for again then. */
const fetch = (): void => void palette.preload().catch(() => undefined);

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function PaletteOpener({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || event.shiftKey || event.altKey || !(event.metaKey || event.ctrlKey))
        return;
      event.preventDefault();
      // What lies over the page is finished first.
      setOpen((before) => !before && document.querySelector('[role="dialog"][aria-modal="true"]') === null);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <UnstyledButton
        className="palette-button"
        aria-haspopup="dialog"
        onPointerEnter={fetch}
        onFocus={fetch}
        onClick={() => setOpen(true)}
      >
        <Icon name="search" size={16} />
        <span className="sr-only">{t('palette.open')}</span>
        <span className="palette-button-words" aria-hidden="true">
          {t('palette.short')}
        </span>
        <span className="palette-button-key" aria-hidden="true">
          {IS_MAC ? '⌘K' : t('palette.keys')}
        </span>
      </UnstyledButton>
      {isOpen && (
        <Suspense fallback={null}>
          <palette.Page onClose={() => setOpen(false)} onSignOut={onSignOut} />
        </Suspense>
      )}
    </>
  );
}
