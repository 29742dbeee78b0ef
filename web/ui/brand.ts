/**
 * A tenant's brand on the page, as CSS variables on the root. Before sign-in it is the host's, which the Worker writes on the root
 * element; after sign-in the account's. Colours were made contrast-safe when the brand was saved. Called by both entries and apps.
 */
import type { Me } from '../../shared/contract/identity.ts';

const HEX = /^#[0-9a-f]{6}$/i;
const NAMES = ['fill', 'on-fill', 'text', 'text-dark'] as const;
type Name = (typeof NAMES)[number];

/** Anything but #rrggbb is ignored: the variable then falls back to our own colour. */
function setColors(colors: Partial<Record<Name, string | undefined>>): void {
  const { style } = document.documentElement;
  for (const name of NAMES) {
    const value = colors[name];
    if (value !== undefined && HEX.test(value)) style.setProperty(`--brand-${name}`, value);
    else style.removeProperty(`--brand-${name}`);
  }
}

/** The brand of the host (`data-brand-*` of the root element); called before the first render. */
export function applyHostBrand(): void {
  const { dataset } = document.documentElement;
  setColors({
    fill: dataset['brandFill'],
    'on-fill': dataset['brandOnFill'],
    text: dataset['brandText'],
    'text-dark': dataset['brandTextDark'],
  });
}

/** The brand of the signed-in account; without colours of its own the host's stays. */
export function applyBrand(brand: Me['brand']): void {
  const { colors } = brand;
  if (colors)
    setColors({ fill: colors.fill, 'on-fill': colors.on_fill, text: colors.text, 'text-dark': colors.text_dark });
  else applyHostBrand();
}
