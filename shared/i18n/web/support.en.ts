/** English words of a session of the support and of a refused address. */
import type { supportDe } from './support.de.ts';

export const supportEn: Readonly<Record<keyof typeof supportDe, string>> = {
  'support.bar': '{operator} is viewing this account as {person} – until {time}',
  'support.end': 'End',
  'elsewhere.title': 'Not from here',
  'elsewhere.text':
    'This account is used from certain networks only. Your address {address} is not one of them. Go on from there, or ask the owner to add your network.',
  'factor_reset.text':
    'From {due} on your second factor and passkeys are removed, because that was confirmed with your password. If this was not you, stop it.',
  'factor_reset.stop': 'Stop',
  'factor_reset.stopped': 'Stopped: your second factor stays. Please choose a new password.',
  'factor_bar.text': 'From {due} on this account demands a second factor of you.',
  'factor_bar.text_known': 'From {due} on you have to sign in with your second factor or passkey here.',
  'factor_bar.go': 'Set it up now',
  'error.SUPPORT_SESSION': 'This is not possible in a support session. Only the person can do it.',
};
