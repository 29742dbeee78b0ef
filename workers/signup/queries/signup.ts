/** Public sign-up as its page shows it. Called through signup-commands.ts. */
import type { SignupView } from '../../../shared/contract/signup.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { linkOf } from '../../legal/texts-of.ts';
import { effectiveBrand } from '../../tenancy/brand.ts';
import type { Realm } from '../../tenancy/directory.ts';
import { sellerOn, signupState } from '../open.ts';

/** Whether visitors may sign up on this host, by which texts, and whom to ask where they may not. Refusals: NOT_FOUND (a business's host). */
export async function showSignupPage(
  platform: Platform,
  { realm, language }: { realm: Realm; language: Language },
): Promise<Result<SignupView>> {
  const seller = await sellerOn(platform, realm);
  if (seller === null) return err({ code: 'NOT_FOUND', entity: 'signup' });
  const [{ reason, texts }, brand] = await Promise.all([
    signupState(platform, seller, language),
    effectiveBrand(platform, seller.tenant),
  ]);
  return ok({
    open: reason === null,
    reason,
    product_name: brand.productName,
    support_email: seller.tenant?.brand?.supportEmail ?? null,
    support_phone: seller.tenant?.brand?.supportPhone ?? null,
    texts: [...texts.values()].map(linkOf),
  });
}
