/** The frame around every signed-in page of the portal: name, navigation, live light, and the reader's own menu. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useConnection } from '../ui/connection.ts';
import { Icon } from '../ui/icon.tsx';
import { initialsOf } from '../ui/initials.ts';
import { liveWords } from '../ui/live-words.ts';
import { AccountBar } from '../ui/account-bar.tsx';
import { FactorBar } from '../ui/factor-bar.tsx';
import { FactorResetBar } from '../ui/factor-reset-bar.tsx';
import { OfflineBar } from '../ui/offline-bar.tsx';
import { LanguageSelect, SchemeButton } from '../ui/preferences.tsx';
import { SupportBar } from '../ui/support-bar.tsx';
import { StatusDot } from '../ui/status-dot.tsx';
import { usePortal, useWords } from './portal-context.tsx';
import { Link, usePlace } from './router.tsx';

/** Whoever may see any of these has pages in the panel to go back to. */
const PANEL_PERMISSIONS = ['view_appointments', 'view_calls', 'view_customers', 'view_tenants'];

export function Shell({ children, onSignOut }: { children: ReactNode; onSignOut: () => Promise<void> }) {
  const { t, language } = useWords();
  const { me, live, api } = usePortal();
  const { path } = usePlace();
  // An account without a balance has nothing to top up and nothing that moves: neither tabs nor a light.
  const hasBalance = me.permissions.includes('view_balance') && live.fault?.status !== 404;
  const isInPanel = PANEL_PERMISSIONS.some((permission) => me.permissions.includes(permission));
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
            {hasBalance && live.balance !== null && <Light />}
            {isInPanel && (
              <a className="to-panel" href="/admin">
                <Icon name="chevron-left" size={16} /> {t('nav.panel')}
              </a>
            )}
            <ReaderMenu isInPanel={isInPanel} onSignOut={onSignOut} />
          </div>
        </div>
        {hasBalance && (
          <nav className="tabs" aria-label={t('nav.label')}>
            <Link to="/portal" isCurrent={path === '/portal'}>
              {t('nav.overview')}
            </Link>
            {me.permissions.includes('create_topups') && (
              <Link to="/portal/billing/topup" isCurrent={path === '/portal/billing/topup'}>
                {t('nav.topup')}
              </Link>
            )}
            {me.permissions.includes('view_transactions') && (
              <Link to="/portal/billing/history" isCurrent={path === '/portal/billing/history'}>
                {t('nav.history')}
              </Link>
            )}
            {me.permissions.includes('view_calls') && (
              <Link to="/portal/calls" isCurrent={path === '/portal/calls'}>
                {t('nav.calls')}
              </Link>
            )}
          </nav>
        )}
      </header>
      <SupportBar t={t} api={api} me={me} language={language} />
      <OfflineBar t={t} zone={me.tenant.time_zone} language={language} />
      <FactorResetBar t={t} api={api} me={me} language={language} />
      <FactorBar t={t} me={me} language={language} profile="/portal/settings/profile" />
      <AccountBar
        t={t}
        tenant={me.tenant}
        payAt={hasBalance && me.permissions.includes('create_topups') ? '/portal/billing/topup' : null}
      />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function Light() {
  const { t, language } = useWords();
  const { me, live } = usePortal();
  const { isOffline } = useConnection();
  const shown = isOffline ? { ...live, state: 'disconnected' as const } : live;
  return <StatusDot state={shown.state} {...liveWords(t, shown, me.tenant.time_zone, language)} />;
}

/** Who is signed in, how they like to read, the way back and the way out. */
function ReaderMenu({ isInPanel, onSignOut }: { isInPanel: boolean; onSignOut: () => Promise<void> }) {
  const words = useWords();
  const { t } = words;
  const { me } = usePortal();
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    const closeByKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    addEventListener('pointerdown', leave);
    addEventListener('focusin', leave);
    addEventListener('keydown', closeByKey);
    return () => {
      removeEventListener('pointerdown', leave);
      removeEventListener('focusin', leave);
      removeEventListener('keydown', closeByKey);
    };
  }, [isOpen]);
  return (
    <div className="reader" ref={box}>
      <button
        ref={button}
        type="button"
        className="reader-button"
        aria-expanded={isOpen}
        aria-controls="reader-menu"
        onClick={() => setOpen(!isOpen)}
      >
        <span className="sr-only">{t('user_menu')}: </span>
        <span className="reader-mark" aria-hidden="true">
          {initialsOf(me.user.name)}
        </span>
        <span className="reader-name">{me.user.name}</span>
      </button>
      {isOpen && (
        <div className="menu" id="reader-menu">
          <p className="menu-head">
            <strong>{me.user.name}</strong>
            <span className="small">{me.user.email}</span>
          </p>
          {isInPanel && (
            <a className="menu-item" href="/admin">
              <Icon name="chevron-left" />
              <span>{t('nav.panel')}</span>
            </a>
          )}
          <Link className="menu-item" to="/portal/settings/profile">
            <Icon name="user" />
            <span>{t('nav.profile')}</span>
          </Link>
          <div className="menu-item">
            <LanguageSelect words={words} />
          </div>
          <SchemeButton words={words} showsLabel />
          <button type="button" className="menu-item" onClick={() => void onSignOut()}>
            <Icon name="sign-out" />
            <span>{t('sign_out')}</span>
          </button>
        </div>
      )}
    </div>
  );
}
