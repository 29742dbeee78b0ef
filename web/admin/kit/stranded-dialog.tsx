/** Asks before a change that would strand appointments. What draws dialogs comes with the first one: lists and forms are painted without. */
import { lazy, Suspense, useState } from 'react';
import type { StrandedProps } from './stranded.tsx';

const StrandedModal = lazy(() => import('./stranded-modal.tsx'));

/** @param props null: closed */
export function StrandedDialog({ props }: { props: StrandedProps | null }) {
  const [wasOpened, setOpened] = useState(false);
  if (props !== null && !wasOpened) setOpened(true);
  return (
    wasOpened && (
      <Suspense fallback={null}>
        <StrandedModal props={props} />
      </Suspense>
    )
  );
}
