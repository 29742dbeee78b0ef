/**
 * A button with a menu whose code comes when somebody points at it, reaches it or presses it: what makes menus float is a tenth of the panel, and
 * no page needs it to be painted. Drawn by the frame, the kit and the operator's lists.
 */
import type { MenuButtonProps } from './menu-parts.ts';
import { onDemand } from './on-demand.tsx';

export const MenuButton = onDemand<MenuButtonProps>('menu', () => import('./open-menu.tsx'));
