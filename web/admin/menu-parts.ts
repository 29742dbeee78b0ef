/** What a menu is made of. Said by menu-button.tsx, drawn by open-menu.tsx. */
import type { ReactElement, ReactNode } from 'react';
import type { IconName } from '../ui/icon.tsx';

export type MenuPart =
  | 'line'
  | { heading: ReactNode }
  | {
      label: ReactNode;
      icon?: IconName;
      isDangerous?: boolean;
      isCurrent?: boolean;
      lang?: string;
      /** leads to a page; else `onPick` */
      to?: string;
      onPick?: () => void;
    };

export interface MenuButtonProps {
  /** the button */
  children: ReactElement<object>;
  parts: () => readonly MenuPart[];
  width?: number;
  position?: 'bottom-start' | 'bottom-end';
  /** of the kit's height at the most; left out: all of it is shown */
  isLong?: boolean;
  /** several may be picked one after the other */
  staysOpen?: boolean;
}
