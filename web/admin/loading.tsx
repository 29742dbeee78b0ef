/** What stands where something is being fetched, named for whoever can't see it. Used by pages and cards. */
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from './admin-context.tsx';

/** A frame around placeholders that look like what is coming; empty where nothing can be foretold. */
export function Loading({ className, children }: { className?: string; children?: ReactNode }) {
  const { t } = useWords();
  return (
    <div {...(className !== undefined && { className })} role="status" aria-label={t('kit.loading')} aria-busy="true">
      {children}
    </div>
  );
}

/** A placeholder of so many pixels. */
export function LoadingBlock({ h, w }: { h: number; w?: string }) {
  const { t } = useWords();
  return (
    <Skeleton h={h} {...(w !== undefined && { w })} role="status" aria-label={t('kit.loading')} aria-busy="true" />
  );
}
