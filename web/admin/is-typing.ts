/** Whether a key is meant for a field or for what lies over the page: then no page takes it as a command. Called by whoever listens to single keys. */
export const isTyping = (target: EventTarget | null): boolean =>
  document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null ||
  (target instanceof HTMLElement &&
    target.closest('input:not([type="checkbox"]),textarea,select,[contenteditable]') !== null);
