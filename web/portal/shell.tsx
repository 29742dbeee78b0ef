/** The frame around every signed-in page of the portal: name, navigation, live light, language, sign-out. */
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';
import { liveWords } from '../ui/live-words.ts';
import { StatusDot } from '../ui/status-dot.tsx';
import { LanguageSelect, SchemeButton } from './parts.tsx';
import { usePortal, useWords } from './portal-context.tsx';
import { Link, usePlace } from './router.tsx';

export function Shell({ children, onSignOut }: { children: ReactNode; onSignOut: () => Promise<void> }) {
  const { t, language } = useWords();
  const { me, live } = usePortal();
  const { path } = usePlace();
  const mayTopUp = me.permissions.includes('create_topups');
  return (
    <>
      <a className="skip" href="#content">
        {t('skip_to_content')}
      </a>
      <header className="top">
        <div className="top-line">
          <Link to="/portal" className="brand">
            <span className="brand-mark" aria-hidden="true">
              <Icon name="phone" size={16} />
            </span>
            <span className="brand-words">
              <strong>{me.brand.product_name}</strong>
              <span className="small">{me.tenant.name}</span>
            </span>
          </Link>
          <div className="top-tools">
            {me.permissions.includes('view_balance') && (
              <StatusDot state={live.state} {...liveWords(t, live, me.tenant.time_zone, language)} />
            )}
            <LanguageSelect />
            <SchemeButton />
            <button
              type="button"
              className="icon-button"
              aria-label={t('sign_out')}
              title={t('sign_out')}
              onClick={() => void onSignOut()}
            >
              <Icon name="sign-out" />
            </button>
          </div>
        </div>
        <nav className="tabs" aria-label={t('nav.label')}>
          <Link to="/portal" isCurrent={path === '/portal'}>
            {t('nav.overview')}
          </Link>
          {mayTopUp && (
            <Link to="/portal/billing/topup" isCurrent={path === '/portal/billing/topup'}>
              {t('nav.topup')}
            </Link>
          )}
          {me.permissions.includes('view_transactions') && (
            <Link to="/portal/billing/history" isCurrent={path === '/portal/billing/history'}>
              {t('nav.history')}
            </Link>
          )}
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
