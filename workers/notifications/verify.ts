/** Whether a delivery report comes from Twilio. Called by webhook-routes.ts. */
import type { TenantId } from '../../shared/ids.ts';
import type { Platform } from '../env.ts';
import { verifyTwilio } from '../integrations/signatures.ts';
import { integrationsOf } from '../storage/queries/integrations.ts';
import { opened, openCredential, platformCredential } from '../tenancy/credentials.ts';

/** Most parameters Twilio ever sent is about 30. */
const MAX_PARAMS = 100;

/**
 * The parameters of a form body that Twilio signed for this address; null: somebody else sent it, or there is no key to tell by. Messages
 * that left before a business had an account of its own are reported with the platform's token. @param tenantId whose messages the address is of
 */
export async function paramsFromTwilio(
  platform: Platform,
  tenantId: TenantId | null,
  request: { url: string; rawBody: string; signature: string | undefined },
): Promise<ReadonlyMap<string, string> | null> {
  const params = [...new URLSearchParams(request.rawBody)].slice(0, MAX_PARAMS);
  const { origin, pathname } = new URL(request.url);
  const url = `${platform.config.PUBLIC_URL ?? origin}${pathname}`;
  for (const authToken of await tokensOf(platform, tenantId))
    if (await verifyTwilio({ url, params, header: request.signature, authToken }))
      // of a name that comes twice the first one counts
      return new Map(params.reverse());
  return null;
}

async function tokensOf(platform: Platform, tenantId: TenantId | null): Promise<string[]> {
  const own = tenantId === null ? [] : await integrationsOf(platform, tenantId, 'twilio');
  const found = await Promise.all([
    ...own.map((row) => openCredential(platform, row)),
    platformCredential(platform, 'twilio'),
  ]);
  return found.flatMap((one) => opened(one)?.key || []);
}
