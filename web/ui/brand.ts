/**
 * A tenant's brand on the page, as CSS variables on the root. The Worker writes it there before the first paint; where it could not know whose
 * page it is, the account's comes with `me`. Colours were made contrast-safe when the brand was saved. Called by the session.
 */
import type { Me } from '../../shared/contract/identity.ts';

const HEX = /^#[0-9a-f]{6}$/i;

/** Anything but #rrggbb is ignored: the variable then keeps what the page came with. */
export function applyBrand({ colors }: Me['brand']): void {
  if (!colors) return;
  const { style } = document.documentElement;
  const variables = { fill: colors.fill, 'on-fill': colors.on_fill, text: colors.text, 'text-dark': colors.text_dark };
  for (const [name, value] of Object.entries(variables))
    if (value !== undefined && HEX.test(value)) style.setProperty(`--brand-${name}`, value);
}
