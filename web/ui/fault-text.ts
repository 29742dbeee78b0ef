/** Turns a refusal into the sentence a person reads: our own translation first, then the server's, then the general one. */
import type { ApiFault } from './api-client.ts';
import { type Catalogue, type Translate, translateIfKnown } from './i18n.ts';

/** What both catalogues say with values; their types fit this one. */
type Counted = (values: { count: number }) => string;
export type FaultWords = Catalogue & { 'error.request_id': (values: { id: string }) => string };
type SignInWords = { 'sign_in.locked_seconds': Counted; 'sign_in.locked_minutes': Counted };

export const faultText = (catalogue: Catalogue, fault: ApiFault): string =>
  translateIfKnown(catalogue, `error.${fault.code}`) ??
  (fault.message !== '' && fault.status < 500 ? fault.message : undefined) ??
  translateIfKnown(catalogue, 'error.other') ??
  fault.code;

/** The request number a person can tell us, or null when the server never saw the request. */
export const requestNumber = (catalogue: FaultWords, fault: ApiFault): string | null =>
  fault.requestId === null ? null : catalogue['error.request_id']({ id: fault.requestId });

/** Whether trying again cannot help: what is not there does not come by asking twice. */
export const isFinal = (fault: Pick<ApiFault, 'status'>): boolean => fault.status === 404 || fault.status === 403;

/** Why a sign-in failed, lock-outs in seconds below 90 s and in minutes above. */
export function signInFaultText(catalogue: Catalogue, fault: ApiFault, t: Translate<SignInWords>): string {
  if (fault.status === 429) {
    const seconds = Math.max(1, Math.ceil(fault.retryAfterSeconds ?? 60));
    return seconds < 90
      ? t('sign_in.locked_seconds', { count: seconds })
      : t('sign_in.locked_minutes', { count: Math.ceil(seconds / 60) });
  }
  if (fault.status === 401 || fault.status === 422) {
    return faultText(catalogue, { ...fault, code: 'INVALID_CREDENTIALS' });
  }
  return faultText(catalogue, fault);
}
