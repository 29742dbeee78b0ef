/** What is typed in for each vendor, and how a state looks. Read by the card, the form and the wizard's step. */
import type { ConnectionState, ReplaceWhen } from '../../../shared/integration-sets.ts';
import type { IntegrationView } from '../../../shared/contract/integrations.ts';
import type { Vendor } from '../../../shared/vendors.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import type { Key } from '../kit/view.ts';

export const INTEGRATIONS = '/api/v1/integrations';

export interface VendorField {
  name: string;
  label: Key;
  hint?: Key;
  kind: 'secret' | 'text' | 'number' | 'email' | 'url';
  /** it can't be saved without; of a secret: the first time */
  needed: boolean;
}

export const VENDOR_FIELDS: Readonly<Record<Vendor, readonly VendorField[]>> = {
  calcom: [
    {
      name: 'api_key',
      label: 'connections.field.api_key',
      hint: 'connections.hint.calcom.api_key',
      kind: 'secret',
      needed: true,
    },
    {
      name: 'base_url',
      label: 'connections.field.base_url',
      hint: 'connections.hint.calcom.base_url',
      kind: 'url',
      needed: false,
    },
  ],
  retell: [
    {
      name: 'api_key',
      label: 'connections.field.api_key',
      hint: 'connections.hint.retell.api_key',
      kind: 'secret',
      needed: true,
    },
  ],
  stripe: [
    {
      name: 'secret_key',
      label: 'connections.field.secret_key',
      hint: 'connections.hint.stripe.secret_key',
      kind: 'secret',
      needed: true,
    },
    {
      name: 'webhook_secret',
      label: 'connections.field.webhook_secret',
      hint: 'connections.hint.stripe.webhook_secret',
      kind: 'secret',
      needed: false,
    },
  ],
  twilio: [
    { name: 'account_sid', label: 'connections.field.account_sid', kind: 'text', needed: true },
    { name: 'auth_token', label: 'connections.field.auth_token', kind: 'secret', needed: true },
    { name: 'from', label: 'connections.field.from', hint: 'connections.hint.twilio.from', kind: 'text', needed: true },
  ],
  smtp: [
    { name: 'host', label: 'connections.field.host', kind: 'text', needed: true },
    { name: 'port', label: 'connections.field.port', hint: 'connections.hint.smtp.port', kind: 'number', needed: true },
    { name: 'username', label: 'connections.field.username', kind: 'text', needed: false },
    { name: 'password', label: 'connections.field.password', kind: 'secret', needed: false },
    {
      name: 'from_email',
      label: 'connections.field.from_email',
      hint: 'connections.hint.smtp.from_email',
      kind: 'email',
      needed: false,
    },
  ],
};

export const STATE_LOOKS: Readonly<Record<ConnectionState, StatusLook>> = {
  off: { tone: 'gray', icon: 'blank' },
  untested: { tone: 'gray', icon: 'clock' },
  ok: { tone: 'success', icon: 'check' },
  degraded: { tone: 'warning', icon: 'warning' },
  down: { tone: 'danger', icon: 'cross' },
  unreadable: { tone: 'danger', icon: 'cross' },
};

/** What is stored of a field; null: nothing. */
export const storedField = ({ own }: Pick<IntegrationView, 'own'>, name: string) =>
  own?.fields.find((field) => field.name === name && field.set) ?? null;

export type Draft = Readonly<Record<string, string>>;

/** What the form begins with: plain fields as they are stored, secrets empty. */
export const draftOf = (row: IntegrationView): Draft =>
  Object.fromEntries(
    VENDOR_FIELDS[row.vendor].map(({ name, kind }) => [
      name,
      kind === 'secret' ? '' : (storedField(row, name)?.hint ?? (name === 'port' ? '587' : '')),
    ]),
  );

/** The request: a secret that was left empty stays as it is, any other field as it was typed. */
export function requestOf(
  { vendor }: Pick<IntegrationView, 'vendor'>,
  draft: Draft,
  { companyId, when }: { companyId: string | null; when: ReplaceWhen },
): Record<string, unknown> {
  const body: Record<string, unknown> = { when, ...(companyId === null ? {} : { company_id: companyId }) };
  for (const { name, kind } of VENDOR_FIELDS[vendor]) {
    const text = (draft[name] ?? '').trim();
    if (kind === 'secret') {
      if (text !== '') body[name] = text;
    } else if (kind === 'number') body[name] = Number(text);
    else if (kind === 'url' || kind === 'email') body[name] = text === '' ? null : text;
    else body[name] = text;
  }
  return body;
}
