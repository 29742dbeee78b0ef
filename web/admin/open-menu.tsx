/** What a menu shows once somebody has asked for it. Loaded by menu-button.tsx. */
import { Menu } from '@mantine/core';
import { Link } from 'react-router';
import { Icon } from '../ui/icon.tsx';
import type { MenuButtonProps } from './menu-parts.ts';
import { useOpenedButton } from './on-demand.tsx';

export default function OpenMenu({
  children,
  parts,
  width,
  position = 'bottom-end',
  isLong,
  staysOpen,
}: MenuButtonProps) {
  const { target, isOpen, setOpen } = useOpenedButton(children);
  return (
    <Menu
      opened={isOpen}
      onChange={setOpen}
      position={position}
      closeOnItemClick={staysOpen !== true}
      // The library's holder of the first focus is no child that a menu may have; the first entry takes it instead.
      withInitialFocusPlaceholder={false}
      {...(width !== undefined && { width })}
    >
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown {...(isLong && { className: 'kit-menu' })}>
        {parts().map((part, at) => {
          // What stands in a menu does not change its place.
          const key = String(at);
          if (part === 'line') return <Menu.Divider key={key} />;
          if ('heading' in part) return <Menu.Label key={key}>{part.heading}</Menu.Label>;
          const shared = {
            leftSection: part.icon && <Icon name={part.icon} size={16} />,
            'aria-current': part.isCurrent,
            lang: part.lang,
            ...(part.isDangerous && { color: 'red' }),
          };
          return part.to === undefined ? (
            <Menu.Item key={key} {...shared} onClick={part.onPick}>
              {part.label}
            </Menu.Item>
          ) : (
            <Menu.Item key={key} {...shared} component={Link} to={part.to}>
              {part.label}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
