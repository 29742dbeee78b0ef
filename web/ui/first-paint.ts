/** When the page that the Worker wrote stands before its reader: what it does not show is fetched afterwards. Called by web/admin/first.ts. */

/** A page whose data is that late fetches its app meanwhile. */
const PATIENCE_MS = 800;
/** A browser that draws nothing for so long isn't waited for. */
const LONGEST_MS = 3_000;

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when what stands in the document now has been drawn; at once where nobody looks. */
export function drawn(): Promise<void> {
  if (document.visibilityState === 'hidden') return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_MS);
    document.addEventListener('visibilitychange', () => resolve(), { once: true });
    // The second frame begins when the first is on its way to the screen.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  });
}

/** Resolves when the document has arrived to its end. */
export const arrived = (): Promise<void> =>
  document.readyState === 'loading'
    ? new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }))
    : Promise.resolve();

/** Resolves when the whole page is drawn, or, where its data is late, its frame. */
export const firstPaint = (): Promise<void> => Promise.race([arrived().then(drawn), after(PATIENCE_MS).then(drawn)]);
