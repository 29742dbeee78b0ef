/** Links to accounts and what is done behind them: invitation, password, address. Read by workers/identity/, the sign-in web app and tests. */
import { z } from 'zod';
import { ACCOUNT_LINK_PURPOSES } from '../account-links.ts';
import { MAX_PASSWORD_LENGTH } from '../password-length.ts';
import { signInRequest } from './identity.ts';
import { doneBody, itemOf, personName } from './parts.ts';

const token = z.string().min(1).max(128).meta({ description: 'what stands behind the # of the link' });
/** How long it must be is judged with the account's own words, so that every refusal says the same. */
export const newPassword = z.string().min(1).max(MAX_PASSWORD_LENGTH).meta({ example: 'drei Hunde im Regen' });
export const shownName = personName(200).min(1).meta({ example: 'Mia Neu' });

export const showLinkRequest = z.object({ token });
export const accountLinkView = z.object({
  purpose: z.enum(ACCOUNT_LINK_PURPOSES),
  name: z.string(),
  email: z.string(),
  tenant_name: z.string(),
  language: z.string(),
});
export type AccountLinkView = z.infer<typeof accountLinkView>;
export const showLinkResponse = itemOf(accountLinkView);

export const acceptInvitationRequest = z.object({
  token,
  name: shownName,
  password: newPassword,
  remember_me: z.boolean().default(true),
});
export const forgotPasswordRequest = signInRequest.pick({ email: true });
export const forgotPasswordResponse = doneBody;
export const resetPasswordRequest = z.object({ token, password: newPassword });
export const resetPasswordResponse = doneBody;
export const confirmEmailResponse = itemOf(z.object({ email: z.string() }));
