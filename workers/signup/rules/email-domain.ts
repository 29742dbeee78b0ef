/** Pure: whose addresses share a domain. Called where sign-ups are counted. */

/** Providers of everybody: sign-ups from there have nothing in common. */
const EVERYBODYS: ReadonlySet<string> = new Set(
  'gmail.com googlemail.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de icloud.com me.com outlook.com outlook.de hotmail.com hotmail.de live.de live.com yahoo.com yahoo.de posteo.de mailbox.org proton.me protonmail.com aol.com bluewin.ch hispeed.ch aon.at chello.at a1.net arcor.de vodafone.de kabelmail.de'.split(
    ' ',
  ),
);

/** The domain of an address in lower case. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

/** Whether one provider of mail stands behind it for everybody. */
export const isEverybodys = (domain: string): boolean => EVERYBODYS.has(domain);
