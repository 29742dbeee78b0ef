/** What people do about ways into their account, as one part that loads with the first use. Loaded by factor-routes.ts, passkey-routes.ts and jobs.ts. */
export { beginSecondFactor } from './commands/begin-second-factor.ts';
export { confirmSecondFactor } from './commands/confirm-second-factor.ts';
export { deletePasskey, renamePasskey } from './commands/change-passkey.ts';
export { createPasskey, passkeyOptions } from './commands/create-passkey.ts';
export {
  confirmFactorReset,
  finishFactorResets,
  stopFactorReset,
  stopFactorResetByLink,
} from './commands/factor-reset.ts';
export { passSecondFactor } from './commands/pass-second-factor.ts';
export { requestLink } from './commands/request-link.ts';
export { renewRecoveryCodes } from './commands/renew-recovery-codes.ts';
export { passkeySignInOptions, signInByPasskey } from './commands/sign-in-by-passkey.ts';
export { switchOffSecondFactor } from './commands/switch-off-second-factor.ts';
export { takeSecondFactor } from './commands/take-second-factor.ts';
export { useMagicLink } from './commands/use-magic-link.ts';
export { ownPasskeys } from './queries/passkeys.ts';
export { ownSecondFactor } from './queries/second-factor.ts';
export { viewOfUser } from './queries/users.ts';
