/** Topping up: amount, bonus and VAT before paying; on the way back from Checkout the real state of the payment. */
import { type FormEvent, useRef, useState } from 'react';
import type { BonusTiersResponse, TopupOpenedResponse, TopupRequest, TopupTerms } from '../../shared/contract/money.ts';
import { TOPUP_TERMS } from '../../shared/page-data.ts';
import type { ApiFault } from '../ui/api-client.ts';
import { money, parseAmount, percent, shortMoney } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { newKey } from '../ui/new-key.ts';
import { bonusOf, previewTopup, type TopupPreview } from '../ui/topup-preview.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { Bar, FaultBox, Lone } from './parts.tsx';
import { usePortal, useWords } from './portal-context.tsx';
import { usePlace } from './router.tsx';
import { TopupReturn } from './topup-return.tsx';

/** Amounts offered as chips, in major units; those outside the limits are left out. */
const CHIP_AMOUNTS = [50, 100, 250, 500, 1000] as const;
const MINOR_PER_MAJOR = 100;

export function TopupPage() {
  const { t } = useWords();
  const { me } = usePortal();
  const { query } = usePlace();
  const topupId = query.get('topup');
  if (topupId !== null) return <TopupReturn id={topupId} isCanceled={query.get('canceled') === '1'} />;
  if (!me.permissions.includes('create_topups')) {
    return <Lone icon="wallet" title={t('topup.forbidden')} hint={t('topup.forbidden_hint')} />;
  }
  return <TopupForm />;
}

function TopupForm() {
  const { t, language } = useWords();
  const { api } = usePortal();
  const loaded = useAnswer<BonusTiersResponse>('terms', (signal) => api.get(TOPUP_TERMS, {}, signal), {
    language,
    asked: { path: TOPUP_TERMS },
  });
  if (loaded.body === null) {
    return (
      <section className="card" aria-busy={loaded.fault === null}>
        <h1>{t('topup.title')}</h1>
        {loaded.fault ? <FaultBox fault={loaded.fault} onRetry={loaded.reload} /> : <FormSkeleton />}
      </section>
    );
  }
  return <Form terms={loaded.body.data} />;
}

const FormSkeleton = () => (
  <div className="topup-skeleton">
    <Bar width={28} height={3} />
    <Bar width={14} height={3} />
    <Bar width={28} height={12} />
  </div>
);

function Form({ terms }: { terms: TopupTerms }) {
  const { t, language } = useWords();
  const { api } = usePortal();
  const chips = CHIP_AMOUNTS.map((major) => major * MINOR_PER_MAJOR).filter(
    (cents) => cents >= terms.min_cents && cents <= terms.max_cents,
  );
  const [text, setText] = useState(() => inputText(chips[1] ?? chips[0] ?? terms.min_cents));
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = useRef({ amount: -1, key: '' });

  const cents = parseAmount(text, terms.currency);
  const isValid = cents !== null && cents >= terms.min_cents && cents <= terms.max_cents;
  const preview = previewTopup(terms, isValid ? cents : 0);
  const limits = {
    min: shortMoney(terms.min_cents, terms.currency, language),
    max: shortMoney(terms.max_cents, terms.currency, language),
  };

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isValid || isBusy) return;
    // One key per amount: clicking twice or after a lost answer opens the same payment, another amount another one.
    if (attempt.current.amount !== cents) attempt.current = { amount: cents, key: newKey() };
    setBusy(true);
    setFault(null);
    const answer = await api.post<TopupOpenedResponse>(
      '/api/v2/topups',
      { amount_cents: cents, method: 'stripe' } satisfies TopupRequest,
      attempt.current.key,
    );
    if (answer.ok) {
      const { checkout_url: checkout, topup_id: id } = answer.body;
      location.assign(checkout ?? `/portal/billing/topup?topup=${encodeURIComponent(id)}`);
      return;
    }
    attempt.current = { amount: -1, key: '' };
    setFault(answer.fault);
    setBusy(false);
  }

  return (
    <form className="topup" onSubmit={(event) => void submit(event)} noValidate>
      <section className="card">
        <h1>{t('topup.title')}</h1>
        <fieldset>
          <legend>{t('topup.choose')}</legend>
          <div className="chips">
            {chips.map((amount) => (
              <button
                key={amount}
                type="button"
                className="chip"
                aria-pressed={amount === cents}
                onClick={() => setText(inputText(amount))}
              >
                {shortMoney(amount, terms.currency, language)}
              </button>
            ))}
          </div>
          <div className="field">
            <label htmlFor="amount">{t('topup.other', { currency: terms.currency })}</label>
            <input
              id="amount"
              inputMode="decimal"
              autoComplete="off"
              value={text}
              aria-invalid={!isValid}
              aria-describedby="amount-hint"
              onInput={(event) => setText(event.currentTarget.value)}
            />
            <p id="amount-hint" className={isValid ? 'small' : 'field-error'} role={isValid ? undefined : 'alert'}>
              {isValid ? amountHint(terms, limits, t) : t('topup.invalid', limits)}
            </p>
          </div>
        </fieldset>
        <Tiers terms={terms} preview={preview} onRaise={(amount) => setText(inputText(amount))} />
      </section>
      <section className="card" aria-labelledby="summary-title">
        <h2 id="summary-title">{t('topup.summary')}</h2>
        <Summary terms={terms} preview={isValid ? preview : null} />
        {fault && <FaultBox fault={fault} />}
        <button type="submit" className="button button-wide" disabled={!isValid || isBusy}>
          <Icon name="card" size={18} />
          {isBusy
            ? t('topup.busy')
            : isValid
              ? t('topup.submit', { total: money(preview.totalCents, terms.currency, language) })
              : t('topup.submit_plain')}
        </button>
        <p className="small">{t('topup.secure')}</p>
      </section>
    </form>
  );
}

/** 10000 → "100", 10050 → "100,50": what a person would have typed; both separators are understood. */
const inputText = (cents: number): string =>
  cents % MINOR_PER_MAJOR === 0
    ? String(cents / MINOR_PER_MAJOR)
    : (cents / MINOR_PER_MAJOR).toFixed(2).replace('.', ',');

function amountHint(
  terms: TopupTerms,
  limits: { min: string; max: string },
  t: ReturnType<typeof useWords>['t'],
): string {
  if (terms.vat.category !== 'standard') return t('topup.plain_hint', limits);
  return terms.vat.basis === 'net' ? t('topup.net_hint') : t('topup.gross_hint');
}

interface TiersProps {
  terms: TopupTerms;
  preview: TopupPreview;
  onRaise: (cents: number) => void;
}

function Tiers({ terms, preview, onRaise }: TiersProps) {
  const { t, language } = useWords();
  if (terms.tiers.length === 0) return null;
  const reward = (tier: TopupTerms['tiers'][number]): string =>
    tier.kind === 'percentage'
      ? percent(tier.basis_points ?? 0, language)
      : shortMoney(bonusOf(tier, 0), terms.currency, language);
  const next = preview.next;
  return (
    <div className="tiers">
      <h2>{t('topup.tiers')}</h2>
      <ul>
        {terms.tiers.map((tier) => (
          <li key={tier.name} data-reached={preview.tier?.name === tier.name}>
            <Icon name={preview.tier?.name === tier.name ? 'check' : 'gift'} size={16} />
            <span>
              {tier.name}{' '}
              <span className="small">
                {t('topup.tier_from', { amount: shortMoney(tier.from_cents, terms.currency, language) })}
              </span>
            </span>
            <strong>{reward(tier)}</strong>
          </li>
        ))}
      </ul>
      <p className="tier-next" role="status">
        {next === null ? (
          t('topup.best')
        ) : (
          <>
            {t('topup.next', {
              missing: shortMoney(next.missingCents, terms.currency, language),
              reward: reward(next.tier),
            })}
            <button type="button" className="link-button" onClick={() => onRaise(next.tier.from_cents)}>
              {t('topup.next_apply', { amount: shortMoney(next.tier.from_cents, terms.currency, language) })}
            </button>
          </>
        )}
      </p>
    </div>
  );
}

/** What stands where no amount is known. */
const UNKNOWN = '–';

/** What is paid, and apart from it what the balance gains. @param preview null: the amount is none that can be paid */
function Summary({ terms, preview }: { terms: TopupTerms; preview: TopupPreview | null }) {
  const { t, language } = useWords();
  const show = (cents: number | undefined): string =>
    cents === undefined ? UNKNOWN : money(cents, terms.currency, language);
  const { vat } = terms;
  const rate = percent(vat.rate_basis_points, language);
  const tier = preview?.tier;
  return (
    <div className="summary">
      <dl className="sums">
        <div>
          <dt>{t('topup.net')}</dt>
          <dd>{show(preview?.amountCents)}</dd>
        </div>
        {vat.category === 'standard' ? (
          <div>
            <dt>{vat.basis === 'net' ? t('topup.vat', { rate }) : t('topup.vat_contained', { rate })}</dt>
            <dd>{show(preview?.vatCents)}</dd>
          </div>
        ) : (
          <div>
            <dt>{vat.category === 'reverse_charge' ? t('topup.vat_reverse_charge') : t('topup.vat_not_taxable')}</dt>
            <dd>{show(preview === null ? undefined : 0)}</dd>
          </div>
        )}
        <div className="sum-total">
          <dt>{t('topup.total')}</dt>
          <dd data-testid="topup-total">{show(preview?.totalCents)}</dd>
        </div>
      </dl>
      <dl className="sums sums-credit">
        <div>
          <dt>{t('topup.net')}</dt>
          <dd>{show(preview?.amountCents)}</dd>
        </div>
        <div>
          <dt>
            {tier?.kind === 'percentage'
              ? t('topup.bonus_with_tier', { tier: tier.name, rate: percent(tier.basis_points ?? 0, language) })
              : t('topup.bonus')}
          </dt>
          <dd className="amount-gain" data-testid="topup-bonus">
            {preview === null ? UNKNOWN : money(preview.bonusCents, terms.currency, language, true)}
          </dd>
        </div>
        <div className="sum-total">
          <dt>{t('topup.credited')}</dt>
          <dd>{show(preview?.creditedCents)}</dd>
        </div>
      </dl>
    </div>
  );
}
