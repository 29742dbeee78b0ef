/** Mails about a tenant as a whole: the link of a sign-up, another state, the trial's end. Called by notify.ts. */
import { toBase64Url } from '../../shared/base64.ts';
import { asLanguage, type Language } from '../../shared/i18n/language.ts';
import { SIGNUP_CONFIRM_PATH } from '../../shared/legal.ts';
import type { Notice, TenantNotice } from '../events/effects.ts';
import type { MailMessage } from '../integrations/mail-message.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { giveSignupSecret, openSignup, type SignupRow } from '../storage/queries/signups.ts';
import { tenantWithin } from '../storage/queries/tenants.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { fill, htmlOf, linksOf, whenTexts } from './compose.ts';

type SignupNotice = Extract<Notice, { event: 'signup.link' }>;
/** Nobody guesses 256 bits. */
const SECRET_BYTES = 32;

/** Who asked, while the link would be good; null: used, over or gone. */
export const signupOf = (scope: TenantScope, { signupId }: SignupNotice): Promise<SignupRow | null> =>
  openSignup(scope.db, signupId, scope.now);

/**
 * The mail with a sign-up's link; null when there is nothing to say any more. Each call ends the link that an earlier one made. It carries
 * nothing that was typed: whoever asked may have named somebody else's address.
 */
export async function signupMail(
  scope: TenantScope,
  { signupId }: SignupNotice,
  row: NotificationRow,
): Promise<MailMessage | null> {
  const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
  if (!(await giveSignupSecret(scope.db, signupId, sha256Hex(secret), scope.now))) return null;
  const { base } = await scope.address();
  // Behind the # no log, proxy or history of a server sees it.
  const links = { signup_link: `${base}${SIGNUP_CONFIRM_PATH}#${secret}` };
  const values = { ...links, product_name: (await scope.brand()).productName };
  const language = asLanguage(row.language);
  return mailOf(scope, row, {
    subject: fill('signup.link.subject', language, values),
    text: fill('signup.link.body', language, values),
    links,
  });
}

/** What owners are told of their account; null: it is not so any more. */
export async function tenantMail(
  scope: TenantScope,
  notice: TenantNotice,
  row: NotificationRow,
): Promise<MailMessage | null> {
  // As it is now: what is remembered may be the state before the one that is told.
  const tenant = await tenantWithin(scope.db, null, scope.tenantId);
  if (tenant === null) return null;
  const language = asLanguage(row.language);
  const { base } = await scope.address();
  const common = { tenant_name: tenant.name, product_name: (await scope.brand()).productName };
  switch (notice.event) {
    case 'tenant.status': {
      if (tenant.status !== notice.status) return null;
      const links = { account_link: `${base}/${tenant.type === 'reseller' ? 'reseller' : 'portal'}` };
      const { statusReason: said } = tenant;
      const values = {
        ...common,
        ...links,
        kind: tenant.type === 'reseller' ? ('reseller' as const) : ('other' as const),
        why: whyOf(said),
        reason: said ?? '',
      };
      return mailOf(scope, row, {
        subject: fill(`tenant.status.${notice.status}.subject`, language, values),
        text: fill(`tenant.status.${notice.status}.body`, language, values),
        links,
      });
    }
    case 'tenant.trial_ends': {
      if (tenant.status !== 'trial' || tenant.trialEndsAt !== notice.endsAt) return null;
      const values = {
        ...common,
        days: notice.days,
        when: whenOf(tenant, notice.endsAt, language),
        plan: tenant.planId === null ? ('other' as const) : ('chosen' as const),
        ...(await supportOf(scope, tenant)),
      };
      return mailOf(scope, row, {
        subject: fill('tenant.trial_ends.subject', language, values),
        text: fill('tenant.trial_ends.body', language, values),
        links: {},
      });
    }
  }
}

/** A date's reason has words of ours; else somebody said why. */
function whyOf(reason: string | null): 'trial_ended' | 'past_due' | 'said' | 'other' {
  if (reason === null) return 'other';
  return reason === 'trial_ended' || reason === 'past_due' ? reason : 'said';
}

function whenOf(tenant: TenantRecord, at: number, language: Language): string {
  const { date, time } = whenTexts(at, tenant.timeZone, language);
  return `${date}, ${time}`;
}

/** Whom an owner asks: the contact of the brand that the account appears under. */
async function supportOf(
  scope: TenantScope,
  tenant: TenantRecord,
): Promise<{ support: 'known' | 'other'; support_contact: string }> {
  const brand = tenant.brand ?? (await scope.parent())?.brand ?? null;
  const contact = brand?.supportEmail ?? brand?.supportPhone ?? null;
  return { support: contact === null ? 'other' : 'known', support_contact: contact ?? '' };
}

async function mailOf(
  scope: TenantScope,
  row: NotificationRow,
  { subject, text, links }: { subject: string; text: string; links: Record<string, string> },
): Promise<MailMessage> {
  const { host } = await scope.address();
  const said = text.trim();
  return {
    from: { email: scope.config.MAIL_FROM ?? 'konto@askproai.test', name: (await scope.brand()).productName },
    to: { email: row.recipient },
    subject,
    text: said,
    html: htmlOf(said, linksOf(links)),
    messageId: `${row.id}@${host}`,
    date: scope.now,
  };
}
