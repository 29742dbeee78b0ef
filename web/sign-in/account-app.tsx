/** Pages behind links of mails about accounts: invitation, forgotten password, new password, new address, sign-in. Loaded by main.tsx. */
import { useState } from 'react';
import { type FirstTexts, useAppTexts } from '../ui/use-app-texts.ts';
import { type AccountCatalogue, loadAccountWords } from './account-words.ts';
import { ForgotForm } from './forgot-form.tsx';
import { LinkForm, type Purpose, TITLES } from './link-form.tsx';
import { Frame, useOpenApi, useTitle } from './page-parts.tsx';
import { SupportForm } from './support-form.tsx';

export { loadAccountWords };

/** By the page's address; `/link` alone asks for one. */
const PURPOSES: Readonly<Record<string, Purpose>> = {
  invite: 'invite',
  reset: 'reset',
  email: 'email',
  link: 'magic',
  factorreset: 'factor_reset',
  factorstop: 'factor_stop',
};

export function AccountApp({ first }: { first: FirstTexts<AccountCatalogue> }) {
  const { words } = useAppTexts(first, loadAccountWords);
  const { t } = words;
  const api = useOpenApi();
  const [page] = useState(() => location.pathname.replace(/\W/g, ''));
  const [hasSecret] = useState(() => location.hash.length > 1);
  const purpose = PURPOSES[page];
  const isSupport = page === 'support';
  const title = t(
    isSupport ? 'account.support_title' : purpose === undefined ? 'account.forgot_title' : TITLES[purpose],
  );
  useTitle(title);
  return (
    <Frame words={words}>
      {isSupport ? (
        <SupportForm api={api} words={words} />
      ) : purpose === undefined || (purpose === 'magic' && !hasSecret) ? (
        <ForgotForm api={api} words={words} purpose={purpose === undefined ? 'reset' : 'magic'} />
      ) : (
        <LinkForm api={api} words={words} purpose={purpose} />
      )}
    </Frame>
  );
}
