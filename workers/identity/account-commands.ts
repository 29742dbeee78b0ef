/** What people do with accounts, as one part that loads with the first use: sign-in, links, passwords, users, keys. Loaded by the routes. */
export { acceptInvitation } from './commands/accept-invitation.ts';
export { changeUser } from './commands/change-user.ts';
export { confirmEmail } from './commands/confirm-email.ts';
export { confirmPassword } from './commands/confirm-password.ts';
export { createApiKey } from './commands/create-api-key.ts';
export { deleteApiKey } from './commands/delete-api-key.ts';
export { deleteUser } from './commands/delete-user.ts';
export { deleteSession } from './commands/delete-session.ts';
export { inviteAgain } from './commands/invite-again.ts';
export { inviteByHand } from './commands/invite-by-hand.ts';
export { requestReset } from './commands/request-reset.ts';
export { resetPassword } from './commands/reset-password.ts';
export { rotateApiKey } from './commands/rotate-api-key.ts';
export { signIn } from './commands/sign-in.ts';
export { signOut } from './commands/sign-out.ts';
export { showLink } from './queries/account-link.ts';
