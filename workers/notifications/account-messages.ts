/**
 * Mails about accounts: to whom, and what they say. The secret of a link is made here, when its mail is composed, and only its hash is
 * stored: no row, queue or log ever holds what opens an account. Called by notify.ts.
 */
import { toBase64Url } from '../../shared/base64.ts';
import { asLanguage, type Language } from '../../shared/i18n/language.ts';
import type { AlarmKind } from '../../shared/alarm-kinds.ts';
import { DAY } from '../../shared/time.ts';
import type { AccountNotice } from '../events/effects.ts';
import type { MailMessage } from '../integrations/mail-message.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { giveSecret, openLinkById } from '../storage/identity/account-links.ts';
import { isClosedCallback } from '../../shared/call-status.ts';
import { callbackById } from '../storage/queries/calls.ts';
import { absenceById } from '../storage/queries/absence-requests.ts';
import { apiKeyOf } from '../storage/identity/api-keys.ts';
import { supportSessionOf } from '../storage/identity/support.ts';
import { userOf } from '../storage/identity/users.ts';
import { type AlarmRow, alarmsByIds } from '../storage/queries/alarms.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { fill, htmlOf, linksOf, whenTexts } from './compose.ts';

/** What was done with an account is worth telling for so long. */
const NOTICE_LIFE_MS = 2 * DAY;
/** Nobody guesses 256 bits. */
const SECRET_BYTES = 32;
const PAGES = {
  'account.invited': 'invite',
  'account.reset': 'reset',
  'account.email_change': 'email',
  'account.magic_link': 'link',
  'account.factor_reset': 'factor-reset',
  'account.factor_stop': 'factor-stop',
} as const;

interface Recipient {
  email: string;
  language: Language;
  expiresAt: number;
}

/** Who is told, by the state of now; null: nobody any more (the user is gone or disabled, the link used, ended or over). */
export async function recipientOf(scope: TenantScope, notice: AccountNotice): Promise<Recipient | null> {
  if ('linkId' in notice) {
    const found = await openLinkById(scope.db, notice.linkId, scope.now);
    if (found === null || found.user.id !== notice.userId) return null;
    const { link, user } = found;
    return { email: link.email ?? user.email, language: asLanguage(user.language), expiresAt: link.expiresAt };
  }
  const user = await userOf(scope.db, notice.userId);
  if (user === null || user.disabledAt !== null) return null;
  const expiresAt = 'expiresAt' in notice ? notice.expiresAt : notice.at + NOTICE_LIFE_MS;
  return { email: user.email, language: asLanguage(user.language), expiresAt };
}

/** The mail of a notice; null when there is nothing to say any more. Each call ends the link that an earlier one made. */
export async function accountMail(
  scope: TenantScope,
  notice: AccountNotice,
  row: NotificationRow,
): Promise<MailMessage | null> {
  const [tenant, user] = await Promise.all([scope.tenant(), userOf(scope.db, notice.userId)]);
  if (tenant === null || user === null || user.disabledAt !== null) return null;
  const language = asLanguage(row.language);
  const { base, host } = await scope.address();
  const { productName } = await scope.brand();
  const when = (at: number): string => {
    const { date, time } = whenTexts(at, tenant.timeZone, language);
    return `${date}, ${time}`;
  };
  const common = { user_name: user.name, tenant_name: tenant.name, product_name: productName };
  const said = await saidOf(scope, notice, { base, language, when, common, until: row.expiresAt });
  if (said === null) return null;
  const { subject, text, links } = said;
  return {
    from: { email: scope.config.MAIL_FROM ?? 'konto@askproai.test', name: productName },
    to: { email: row.recipient, ...(user.name === '' ? {} : { name: user.name }) },
    subject,
    text: text.replace(/ +,/g, ',').trim(),
    html: htmlOf(text.replace(/ +,/g, ',').trim(), linksOf(links)),
    messageId: `${row.id}@${host}`,
    date: scope.now,
  };
}

interface Saying {
  base: string;
  language: Language;
  when: (at: number) => string;
  /** epoch ms at which the mail, and its link, are over */
  until: number;
  common: { user_name: string; tenant_name: string; product_name: string };
}

/** An alarm in one line: its kind in words, whose or what it is about. */
const lineOf = ({ kind, subject, tenantName }: AlarmRow): { kind: AlarmKind; about: string } => ({
  kind,
  about: tenantName ?? subject,
});

async function saidOf(
  scope: TenantScope,
  notice: AccountNotice,
  { base, language, when, common, until: untilAt }: Saying,
): Promise<{ subject: string; text: string; links: Record<string, string> } | null> {
  switch (notice.event) {
    case 'account.invited':
    case 'account.reset':
    case 'account.email_change':
    case 'account.magic_link':
    case 'account.factor_reset':
    case 'account.factor_stop': {
      const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
      if (!(await giveSecret(scope.db, notice.linkId, sha256Hex(secret), scope.now))) return null;
      // Behind the # no log, proxy or history of a server sees it.
      const links = { account_link: `${base}/${PAGES[notice.event]}#${secret}` };
      const until = when(untilAt);
      const values = { ...common, ...links, until };
      return {
        subject: fill(`${notice.event}.subject`, language, values),
        text: fill(`${notice.event}.body`, language, values),
        links,
      };
    }
    case 'account.password_changed':
    case 'account.email_asked':
    case 'account.second_factor_on':
    case 'account.second_factor_off':
    case 'account.second_factor_taken':
    case 'account.recovery_codes_renewed':
    case 'account.recovery_code_used':
    case 'account.code_reused':
    case 'account.passkey_added':
    case 'account.passkey_removed':
    case 'account.factor_reset_done':
    case 'account.signed_in': {
      const links = { forgot_link: `${base}/forgot` };
      const values = { ...common, ...links, when: when(notice.at) };
      return {
        subject: fill(`${notice.event}.subject`, language, values),
        text: fill(`${notice.event}.body`, language, values),
        links,
      };
    }
    case 'account.support_began': {
      const session = await supportSessionOf(scope.db, notice.supportId);
      if (session === null) return null;
      const links = { security_link: `${base}/admin/security` };
      const values = {
        ...common,
        ...links,
        operator_name: session.operatorName,
        person_name: session.userName,
        reason: session.reason,
        when: when(session.startedAt),
        until: when(session.endsAt),
      };
      return {
        subject: fill(`${notice.event}.subject`, language, values),
        text: fill(`${notice.event}.body`, language, values),
        links,
      };
    }
    case 'account.exists': {
      const links = { sign_in_link: `${base}/admin`, forgot_link: `${base}/forgot` };
      const values = { ...common, ...links, when: when(notice.at) };
      return {
        subject: fill('account.exists.subject', language, values),
        text: fill('account.exists.body', language, values),
        links,
      };
    }
    case 'operations.alarms': {
      const rows = await alarmsByIds(scope.db, [...notice.opened, ...notice.ended]);
      const listOf = (title: 'operations.alarms.opened' | 'operations.alarms.ended', ids: readonly string[]) => {
        const lines = ids
          .flatMap((one) => rows.find((row) => row.id === one) ?? [])
          .map((row) => `- ${fill('alarm.line', language, { ...lineOf(row), when: when(row.openedAt) })}`);
        return lines.length === 0 ? [] : [`${fill(title, language)}\n${lines.join('\n')}`];
      };
      const links = { operations_link: `${base}/admin/operations` };
      const values = { ...common, ...links };
      return {
        subject: fill('operations.alarms.subject', language, { ...common, opened: notice.opened.length }),
        text: [
          fill('operations.alarms.greeting', language, values),
          ...listOf('operations.alarms.opened', notice.opened),
          ...listOf('operations.alarms.ended', notice.ended),
          fill('operations.alarms.more', language, values),
        ].join('\n\n'),
        links,
      };
    }
    case 'absence.asked':
    case 'absence.decided': {
      const request = await absenceById(scope.db, notice.requestId);
      // Withdrawn, or decided by somebody else meanwhile: nobody has to do anything.
      if (request === null || (request.status === 'open') !== (notice.event === 'absence.asked')) return null;
      if (request.status === 'withdrawn') return null;
      const { result } = await scope.calendar.schedule({ maxAgeMs: 60_000 });
      const person = result.ok ? result.value.staff.find(({ id }) => id === request.staffId)?.body : undefined;
      const day = (date: string): string =>
        new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
      const links = { request_link: `${base}/admin/absence-requests/${request.id}` };
      const values = {
        ...common,
        ...links,
        person_name: person === undefined ? '' : [person.firstName, person.lastName].filter(Boolean).join(' '),
        kind: request.kind === 'absence' ? ('other' as const) : request.kind,
        from: day(request.fromDate),
        until: day(request.toDate),
        span: request.fromDate === request.toDate ? ('one' as const) : ('other' as const),
        reason: request.reason ?? '',
        has_reason: request.reason === null ? ('no' as const) : ('other' as const),
      };
      const what = notice.event === 'absence.asked' ? 'asked' : request.status === 'granted' ? 'granted' : 'refused';
      return {
        subject: fill(`absence.${what}.subject`, language, values),
        text: fill(`absence.${what}.body`, language, values),
        links,
      };
    }
    case 'callback.overdue': {
      const request = await callbackById(scope.db, notice.requestId);
      // Done, given up, or put off meanwhile.
      if (request === null || isClosedCallback(request.status) || request.escalatedAt === null) return null;
      const taker = request.assignedTo === null ? null : await userOf(scope.db, request.assignedTo);
      const links = { callback_link: `${base}/admin/callbacks/${request.id}` };
      const values = {
        ...common,
        ...links,
        due: when(request.dueAt ?? request.createdAt),
        has_taker: taker === null ? ('no' as const) : ('other' as const),
        taker_name: taker?.name ?? '',
      };
      return {
        subject: fill(`${notice.event}.subject`, language, values),
        text: fill(`${notice.event}.body`, language, values),
        links,
      };
    }
    case 'api_key.expiring': {
      const key = await apiKeyOf(scope.db, notice.keyId);
      if (key === null) return null;
      const links = { keys_link: `${base}/admin/api-keys` };
      const values = {
        ...common,
        ...links,
        key_name: key.name,
        key_prefix: key.prefix,
        when: when(notice.expiresAt),
      };
      return {
        subject: fill(`${notice.event}.subject`, language, values),
        text: fill(`${notice.event}.body`, language, values),
        links,
      };
    }
  }
}
