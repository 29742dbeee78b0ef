/** Public sign-up: the form of a new business, and the page behind its link. Loaded by main.tsx at their addresses only. */
import { SIGNUP_CONFIRM_PATH } from '../../shared/legal.ts';
import { type FirstTexts, useAppTexts } from '../ui/use-app-texts.ts';
import { Frame, useOpenApi, useTitle } from './page-parts.tsx';
import { ConfirmForm } from './signup-confirm.tsx';
import { SignupForm } from './signup-form.tsx';
import { loadSignupWords, type SignupCatalogue } from './signup-words.ts';

export { loadSignupWords };

const isConfirm = (): boolean => location.pathname.replace(/\/+$/, '') === SIGNUP_CONFIRM_PATH;

export function SignupApp({ first }: { first: FirstTexts<SignupCatalogue> }) {
  const { words } = useAppTexts(first, loadSignupWords);
  const { t } = words;
  const api = useOpenApi();
  const title = t(isConfirm() ? 'signup.confirm_title' : 'signup.title');
  useTitle(title);
  return (
    <Frame words={words}>
      {isConfirm() ? <ConfirmForm api={api} words={words} /> : <SignupForm api={api} words={words} />}
      <nav className="alone-links">
        <a href={`/legal/imprint?lang=${words.language}`}>{t('signup.imprint')}</a>
        <a href={`/legal/privacy?lang=${words.language}`}>{t('signup.privacy')}</a>
      </nav>
    </Frame>
  );
}
