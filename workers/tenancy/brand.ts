/** The brand a tenant appears under: its own, else its reseller's, else the product's. Read by pages, `GET /api/me` and messages. */
import type { Platform } from '../env.ts';
import { rememberedTenant, type TenantRecord } from '../storage/platform-db.ts';

const PRODUCT_NAME = 'AskProAI';

export interface Brand {
  productName: string;
  /** contrast-checked when saved; null: the product's own */
  colors: { fill: string; on_fill: string; text: string; text_dark?: string | undefined } | null;
}

export async function effectiveBrand(platform: Platform, tenant: TenantRecord | null): Promise<Brand> {
  const parentId = tenant?.brand ? null : tenant?.parentId;
  const own = tenant?.brand ?? (parentId ? (await rememberedTenant(platform, parentId))?.brand : null) ?? null;
  const { fill, on_fill, text, text_dark } = own?.colors ?? {};
  return {
    productName: own?.productName ?? PRODUCT_NAME,
    colors:
      fill !== undefined && on_fill !== undefined && text !== undefined
        ? { fill, on_fill, text, ...(text_dark === undefined ? {} : { text_dark }) }
        : null,
  };
}

const HEX = /^#[0-9a-f]{6}$/i;
const VARIABLES = { fill: 'fill', on_fill: 'on-fill', text: 'text', text_dark: 'text-dark' } as const;

/** The brand as CSS variables for a style attribute; web/ui/tokens.css reads them. Anything but #rrggbb is left out. */
export const brandStyle = ({ colors }: Brand): string =>
  Object.entries(VARIABLES)
    .map(([name, variable]) => [variable, colors?.[name as keyof typeof VARIABLES]] as const)
    .filter(([, value]) => value !== undefined && HEX.test(value))
    .map(([variable, value]) => `--brand-${variable}:${value}`)
    .join(';');
