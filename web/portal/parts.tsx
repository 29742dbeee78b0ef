/** Small parts the portal's pages share: failures, empty states, amounts, skeletons. */
import type { ReactNode } from 'react';
import type { ApiFault } from '../ui/api-client.ts';
import { CrashNet } from '../ui/crash-net.tsx';
import { faultText, isFinal, requestNumber } from '../ui/fault-text.ts';
import { money } from '../ui/format.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useWords } from './portal-context.tsx';
import { Link } from './router.tsx';

/** A failure: what happened, what to do, the request number to quote to support. */
export function FaultBox({ fault, onRetry }: { fault: ApiFault; onRetry?: () => void | Promise<void> }) {
  const { t, catalogue } = useWords();
  const number = requestNumber(catalogue, fault);
  return (
    <div className="notice notice-danger" role="alert">
      <Icon name="warning" size={20} />
      <div>
        <strong>{t(isFinal(fault) ? 'error.final_title' : 'error.title')}</strong>
        <p>{faultText(catalogue, fault)}</p>
        {number !== null && <p className="small">{number}</p>}
        {onRetry && !isFinal(fault) && (
          <button type="button" className="button button-plain" onClick={() => void onRetry()}>
            <Icon name="refresh" size={16} /> {t('action.retry')}
          </button>
        )}
      </div>
    </div>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  hint: string;
  children?: ReactNode;
}

export function Empty({ icon, title, hint, children }: EmptyProps) {
  return (
    <div className="empty">
      <Icon name={icon} size={32} />
      <strong>{title}</strong>
      <p>{hint}</p>
      {children}
    </div>
  );
}

/** A page that has nothing to show but why; its heading is the title. */
export function Lone({ icon, title, hint, children }: EmptyProps) {
  return (
    <section className="card">
      <h1 className="sr-only">{title}</h1>
      <Empty icon={icon} title={title} hint={hint}>
        {children}
      </Empty>
    </section>
  );
}

export function NotFound() {
  const { t } = useWords();
  return (
    <Lone icon="question" title={t('page.not_found')} hint={t('page.not_found_hint')}>
      <Link to="/portal" className="button">
        {t('page.home')}
      </Link>
    </Lone>
  );
}

/** An amount with its sign in colour and character, figures in columns. */
export function Amount({ cents, currency, signed = false }: { cents: number; currency: string; signed?: boolean }) {
  const { language } = useWords();
  const look = signed && cents > 0 ? 'amount amount-gain' : 'amount';
  return <span className={look}>{money(cents, currency, language, signed)}</span>;
}

/** A grey bar where text will be; `width` and `height` in em, so that nothing moves when it comes. */
export function Bar({ width, height = 1 }: { width: number; height?: number }) {
  return <span className="bar" style={{ width: `${width}em`, height: `${height}em` }} aria-hidden="true" />;
}

/** A page that breaks while rendering leaves a sentence and a way on. */
export const Crash = ({ children }: { children: ReactNode }) => <CrashNet broken={<Broken />}>{children}</CrashNet>;

function Broken() {
  const { t } = useWords();
  return (
    <section className="card">
      <Empty icon="warning" title={t('page.broken')} hint={t('page.broken_hint')}>
        <button type="button" className="button" onClick={() => location.reload()}>
          {t('page.reload')}
        </button>
      </Empty>
    </section>
  );
}
