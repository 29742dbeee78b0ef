/**
 * Pure: the colours of a brand from the one that was chosen, such that everything can be read (WCAG 2.2 AA: 4.5 : 1). Called where a brand
 * is saved and shown.
 */
import type { z } from 'zod';
import type { brandChange, brandView } from '../../../shared/contract/tenants.ts';
import type { TenantBrand } from '../../../shared/tenant-status.ts';

const LEAST_CONTRAST = 4.5;
const WHITE = '#ffffff';
const INK = '#14181f';
/** The pages' own backgrounds, light and dark (web/ui/tokens.css). */
const PAGE = '#f6f7f9';
const PAGE_DARK = '#161a21';
/** A colour is made darker or lighter in so many steps at most; the last one is black or white. */
const STEPS = 20;

type Rgb = readonly [number, number, number];
const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const hexOf = (color: Rgb): string =>
  `#${color.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = rgb(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** How well one is read on the other: 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour moved towards another one until it is read on `ground`. */
function readable(color: string, ground: string, towards: string): string {
  const from = rgb(color);
  const to = rgb(towards);
  for (let step = 0; step <= STEPS; step++) {
    const moved = hexOf(from.map((part, i) => part + (((to[i] ?? part) - part) * step) / STEPS) as unknown as Rgb);
    if (contrast(moved, ground) >= LEAST_CONTRAST) return moved;
  }
  return towards;
}

/** White, else our ink, else black: one of white and black is always read (4.58 : 1 at least). */
const onFill = (fill: string): string =>
  [WHITE, INK].find((color) => contrast(fill, color) >= LEAST_CONTRAST) ?? '#000000';

/** Every colour that a page needs of one that was chosen: what stands on it, and how it is read as text in light and dark. */
export function colorsOf(chosen: string): { fill: string; on_fill: string; text: string; text_dark: string } {
  const fill = chosen.toLowerCase();
  return {
    fill,
    on_fill: onFill(fill),
    text: readable(fill, PAGE, '#000000'),
    text_dark: readable(fill, PAGE_DARK, WHITE),
  };
}

/** What is kept of a brand that was asked for. */
export const brandStored = (asked: z.output<typeof brandChange>): TenantBrand => ({
  productName: asked.product_name,
  ...(asked.color === null ? {} : { colors: colorsOf(asked.color) }),
  ...(asked.support_email === null ? {} : { supportEmail: asked.support_email }),
  ...(asked.support_phone === null ? {} : { supportPhone: asked.support_phone }),
});

/** The brand as it is shown to whoever sets it; null: it has none of its own. */
export const brandShown = (brand: TenantBrand | null): z.infer<typeof brandView> | null =>
  brand && {
    product_name: brand.productName ?? '',
    color: brand.colors?.['fill'] ?? null,
    support_email: brand.supportEmail ?? null,
    support_phone: brand.supportPhone ?? null,
  };
