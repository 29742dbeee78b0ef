/** `?` opens the sheet of keys, whose code and words come then. Drawn by the shell. */
import { Suspense, useEffect, useState } from 'react';
import { isTyping } from '../is-typing.ts';
import { lazyPage } from '../lazy-page.tsx';

const help = lazyPage('key-help', () => import('./key-help.tsx'));

export function KeyHelp() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  if (!isOpen) return null;
  return (
    <Suspense>
      <help.Page onClose={() => setOpen(false)} />
    </Suspense>
  );
}
