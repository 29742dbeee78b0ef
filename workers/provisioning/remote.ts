/** Retell for one tenant: with its own key or the platform's, and what its faults mean for an agent. Called by steps and commands. */
import type { ProvisionFault } from '../../shared/agent-sets.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { vendorBases } from '../integrations/base-urls.ts';
import type { RetellConfig } from '../integrations/retell.ts';
import type { VendorFault, VendorResult } from '../integrations/vendor-call.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { opened } from '../tenancy/credentials.ts';
import type { TenantScope } from '../tenancy/scope.ts';

/** Why something at Retell could not be done; `again`: the same may succeed later by itself. */
interface Trouble {
  fault: ProvisionFault;
  /** one of PROVISION_FAULTS, with a vendor's status behind a colon */
  reason: string;
  again: boolean;
}

export const trouble = (fault: ProvisionFault, more: string | null = null, again = false): Trouble => ({
  fault,
  reason: more === null ? fault : `${fault}:${more}`,
  again,
});

/** Refusals: `no_key`. */
export async function retellOf(scope: TenantScope): Promise<Result<RetellConfig, Trouble>> {
  const { config } = scope;
  const credential = opened(await scope.credential('retell'));
  if (!credential?.key) return err(trouble('no_key'));
  return ok({
    baseUrl: vendorBases(config).retell,
    apiKey: credential.key,
    timeoutMs: config.VENDOR_TIMEOUT_MS,
    heard: scope.heard('retell', credential),
    patience: scope.patience,
  });
}

/** What a fault means: a key or a payment needs a person, silence and 5xx pass, the rest is our configuration that Retell does not take. */
function troubleOf({ status, retryable, ambiguous, kind }: VendorFault): Trouble {
  const said = status === undefined ? kind : String(status);
  if (status === 401 || status === 403) return trouble('key_refused', said);
  if (status === 402) return trouble('payment_required', said);
  if (retryable || ambiguous || kind === 'invalid_response') return trouble('vendor_down', said, true);
  return trouble('refused', said);
}

/** A fault that ends the present step: thrown where it is met, told where the step was begun. */
export class Stopped extends Error {
  readonly trouble: Trouble;
  constructor(what: Trouble) {
    super(`retell: ${what.reason}`);
    this.trouble = what;
  }
}

/** The value, or the step ends. */
export async function must<T>(asked: Promise<VendorResult<T>>): Promise<T> {
  const result = await asked;
  if (!result.ok) throw new Stopped(troubleOf(result.error));
  return result.value;
}

/** Of what was sent, so that a later change of ours can be told from one at Retell. */
export const hashOf = (value: unknown): string => sha256Hex(JSON.stringify(value));
