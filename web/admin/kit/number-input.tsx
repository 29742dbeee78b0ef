/** A field of a number that comes with the first that is drawn (9 kB): for cards that are read by many and changed by few. */
import { type NumberInputProps, Skeleton } from '@mantine/core';
import { type ComponentType, lazy, Suspense } from 'react';

const Drawn = lazy(() => import('./opened-number-input.tsx')) as unknown as ComponentType<NumberInputProps>;

export function NumberInput(props: NumberInputProps) {
  return (
    <Suspense fallback={<Skeleton h={36} />}>
      <Drawn {...props} />
    </Suspense>
  );
}
