/** Buttons that open what is loaded only when somebody is about to press them. Called by menu-button.tsx and by the calendar's filters. */
import {
  cloneElement,
  type ComponentType,
  lazy,
  type ReactElement,
  type RefObject,
  Suspense,
  useEffect,
  useRef,
  useState,
} from 'react';

interface WithButton {
  /** the button; what is loaded draws it anew, with what it opens */
  children: ReactElement<object>;
}

/** @param kind of what it opens, for screen readers */
export function onDemand<P extends WithButton>(
  kind: 'menu' | 'dialog',
  load: () => Promise<{ default: ComponentType<P> }>,
): ComponentType<P> {
  const Opened = lazy(load) as unknown as ComponentType<P>;
  // What does not come is asked for again, and its failure shown, when the button is pressed.
  const fetch = (): void => void load().catch(() => undefined);
  return function Button(props: P) {
    const [isAskedFor, setAskedFor] = useState(false);
    const closed = cloneElement(props.children, {
      'aria-haspopup': kind,
      'aria-expanded': false,
      onPointerEnter: fetch,
      onFocus: fetch,
      onClick: () => setAskedFor(true),
    } as object);
    if (!isAskedFor) return closed;
    return (
      <Suspense fallback={closed}>
        <Opened {...props} />
      </Suspense>
    );
  };
}

interface OpenedButton {
  /** the button, to be drawn as what opens */
  target: ReactElement;
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
}

/** For what is loaded: opens at once, and gives the focus back to the button when it closes. */
export function useOpenedButton(button: ReactElement<object>): OpenedButton {
  const ref: RefObject<HTMLButtonElement | null> = useRef(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    // The button that was pressed has just been replaced by this one, and whoever pressed it stands on nothing.
    ref.current?.focus();
    setOpen(true);
  }, []);
  return { target: cloneElement(button, { ref } as object), isOpen, setOpen };
}
