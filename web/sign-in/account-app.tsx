/** Pages behind links of mails about accounts: invitation, forgotten password, new password, new address. Loaded by main.tsx. */
import { useEffect, useMemo, useState } from 'react';
import { createApiClient } from '../ui/api-client.ts';
import { LanguageSelect, SchemeButton } from '../ui/preferences.tsx';
import { productName } from '../ui/product-name.ts';
import { type FirstTexts, useAppTexts } from '../ui/use-app-texts.ts';
import { type AccountCatalogue, loadAccountWords } from './account-words.ts';
import { ForgotForm } from './forgot-form.tsx';
import { LinkForm } from './link-form.tsx';

export { loadAccountWords };

export function AccountApp({ first }: { first: FirstTexts<AccountCatalogue> }) {
  const { words } = useAppTexts(first, loadAccountWords);
  const { t } = words;
  const api = useMemo(() => createApiClient({ language: () => document.documentElement.lang }), []);
  const [page] = useState(() => location.pathname.replace(/\W/g, ''));
  const title = t(
    page === 'invite'
      ? 'account.invite_title'
      : page === 'reset'
        ? 'account.reset_title'
        : page === 'email'
          ? 'account.email_title'
          : 'account.forgot_title',
  );
  useEffect(() => {
    document.title = `${title} · ${productName()}`;
  }, [title]);
  return (
    <main className="alone">
      {page === 'forgot' ? (
        <ForgotForm api={api} words={words} />
      ) : (
        <LinkForm api={api} words={words} purpose={page === 'invite' || page === 'email' ? page : 'reset'} />
      )}
      <div className="alone-tools">
        <LanguageSelect words={words} />
        <SchemeButton words={words} />
      </div>
    </main>
  );
}
