/** A dialog whose frame comes with the first that opens: a page is painted without it. Takes what Mantine's dialog takes. */
import type { ModalProps } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';

const OpenedModal = lazy(() => import('./opened-modal.tsx'));

/** Mounted closed and opened behind it, because only what is seen opening remembers where the focus goes back to. */
function Opening({ opened, ...props }: ModalProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(opened), [opened]);
  return <OpenedModal opened={isOpen} {...props} />;
}

export function Modal(props: ModalProps) {
  const [wasOpened, setOpened] = useState(false);
  if (props.opened && !wasOpened) setOpened(true);
  return (
    wasOpened && (
      <Suspense fallback={null}>
        <Opening {...props} />
      </Suspense>
    )
  );
}
