/** What routes.ts loads with the first use. */
export { confirmSignup, showSignup } from './commands/confirm-signup.ts';
export { requestSignup } from './commands/request-signup.ts';
export { showSignupSettings, switchSignup } from './commands/switch-signup.ts';
export { showSignupPage } from './queries/signup.ts';
