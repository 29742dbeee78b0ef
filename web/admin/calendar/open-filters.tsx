/** What the calendar's filters show once somebody has asked for them. Loaded by calendar-page.tsx. */
import { Popover } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useOpenedButton } from '../on-demand.tsx';

interface OpenFiltersProps {
  /** the button */
  children: ReactElement<object>;
  content: ReactNode;
}

export default function OpenFilters({ children, content }: OpenFiltersProps) {
  const { target, isOpen, setOpen } = useOpenedButton(children);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={280} trapFocus returnFocus withinPortal>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown>{content}</Popover.Dropdown>
    </Popover>
  );
}
