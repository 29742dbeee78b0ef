/** Puts a tenant's brand on the page as CSS variables; the colours were made contrast-safe when the brand was saved. */
import type { Me } from '../../shared/contract/faces.ts';

const HEX = /^#[0-9a-f]{6}$/i;

/** Sets `--brand-fill`, `--brand-on-fill`, `--brand-text`, `--brand-text-dark` on the root; anything but #rrggbb is ignored. */
export function applyBrand(brand: Me['brand']): void {
  const root = document.documentElement.style;
  const colors = brand.colors;
  const wanted: [string, string | undefined][] = [
    ['--brand-fill', colors?.fill],
    ['--brand-on-fill', colors?.on_fill],
    ['--brand-text', colors?.text],
    ['--brand-text-dark', colors?.text_dark],
  ];
  for (const [name, value] of wanted) {
    if (value !== undefined && HEX.test(value)) root.setProperty(name, value);
    else root.removeProperty(name);
  }
}
