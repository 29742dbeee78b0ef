/** Whether a delivery report comes from Twilio. Called by routes.ts. */
import type { Config } from '../env.ts';
import { verifyTwilio } from '../integrations/signatures.ts';

/** Most parameters Twilio ever sent is about 30. */
const MAX_PARAMS = 100;

/** The parameters of a form body that Twilio signed for this address; null: somebody else sent it, or there is no key to tell by. */
export async function paramsFromTwilio(
  config: Config,
  request: { url: string; rawBody: string; signature: string | undefined },
): Promise<ReadonlyMap<string, string> | null> {
  const params = [...new URLSearchParams(request.rawBody)].slice(0, MAX_PARAMS);
  const { origin, pathname } = new URL(request.url);
  const url = `${config.PUBLIC_URL ?? origin}${pathname}`;
  const authToken = config.TWILIO_AUTH_TOKEN;
  if (authToken === undefined || !(await verifyTwilio({ url, params, header: request.signature, authToken }))) {
    return null;
  }
  // of a name that comes twice the first one counts
  return new Map(params.reverse());
}
