/** Every page with what shows that it stands, and who sees it. Read by the tests that go over all of them; a new page is one more row. */
import { DEMO, type Instance } from './harness.ts';

export interface Visit {
  path: string;
  /** what shows that the page stands */
  shown: string;
  /** pressed one after the other, to open what is folded away */
  press?: readonly string[];
  email?: string;
  isVisitor?: boolean;
}

/** Every page of the panel, the portal and the ways in. */
export const VISITS: readonly Visit[] = [
  { path: '/admin/login', shown: '#email', press: ['button[type=submit]'], isVisitor: true },
  { path: '/portal/login', shown: '#email', isVisitor: true },
  {
    path: `/admin/appointments/calendar?date=${openDay()}`,
    shown: '[data-appointment]',
    press: ['[data-appointment]'],
  },
  { path: '/admin/appointments/calendar?date=2027-01-01', shown: 'h1', press: ['.date-button'] },
  { path: '/admin/appointments', shown: '.kit-table .kit-row-link' },
  { path: '/admin/calls', shown: '.kit-row-link', press: ['.user-button'] },
  { path: '/admin/calls?list=callback', shown: 'h1' },
  { path: '/admin/calls/call_unknown', shown: 'h1' },
  { path: '/admin/callbacks', shown: 'h1' },
  { path: '/admin/messages', shown: '.kit-table .kit-row-link' },
  { path: '/admin/messages?list=skipped', shown: 'h1' },
  { path: '/admin/customers', shown: '.kit-table .kit-row-link' },
  { path: '/admin/customers/create', shown: '.kit-form' },
  { path: '/admin/tags', shown: '.palette-button', press: ['.palette-button'] },
  { path: '/admin/services', shown: '.kit-table .kit-row-link' },
  { path: '/admin/services/create', shown: '.kit-form' },
  { path: '/admin/staff', shown: '.kit-table .kit-row-link' },
  { path: '/admin/hours', shown: 'h1' },
  { path: '/admin/exceptions', shown: 'h1' },
  { path: '/admin/exceptions/create', shown: '.date-field' },
  { path: '/admin/branches', shown: '.kit-table .kit-row-link' },
  { path: '/admin/branches/bra_mitte/edit', shown: '.kit-form-sections' },
  { path: '/admin/companies', shown: '.kit-table .kit-row-link' },
  { path: '/admin/companies/com_salon_schoen', shown: '.kit-record-head' },
  { path: '/admin/companies/create', shown: '.kit-form-sections' },
  { path: '/admin/services/srv_kinderschnitt', shown: '.branch-terms input' },
  { path: '/admin/staff/stf_marco', shown: '.kit-record-head' },
  { path: '/admin/imports', shown: 'h2' },
  { path: '/admin/absence-requests', shown: 'h1' },
  { path: '/admin/absence-requests/create', shown: '.kit-form-sections' },
  { path: '/admin/absence-requests/abs_demo_lena', shown: '.kit-record-head' },
  { path: '/admin/resources', shown: '.kit-table .kit-row-link' },
  { path: '/admin/tags', shown: 'h1' },
  { path: '/forgot', shown: '#email', press: ['button[type=submit]'], isVisitor: true },
  { path: '/link', shown: '#email', press: ['button[type=submit]'], isVisitor: true },
  { path: '/link#unknown', shown: 'a.button', isVisitor: true },
  { path: '/invite#unknown', shown: 'a.button', isVisitor: true },
  { path: '/factor-reset#unknown', shown: 'a.button', isVisitor: true },
  { path: '/factor-stop#unknown', shown: 'a.button', isVisitor: true },
  { path: '/admin/users', shown: '.kit-table .kit-row-link' },
  { path: '/admin/users/create', shown: '.kit-form' },
  { path: '/admin/roles', shown: '.kit-table .kit-row-link' },
  { path: '/admin/roles/manager', shown: '.people-rights' },
  { path: '/admin/roles/create', shown: '.people-right' },
  { path: '/admin/api-keys', shown: 'table td' },
  { path: '/admin/connections', shown: '.connection h2' },
  { path: '/admin/profile', shown: 'form' },
  { path: '/admin/security', shown: '#security-networks' },
  { path: '/admin/activity', shown: '.kit-row-link' },
  { path: '/support#unknown', shown: 'a.button', isVisitor: true },
  { path: '/admin/start', shown: '.need-rows li' },
  { path: '/admin/start', shown: '[data-widget]', email: 'admin@askproai.test' },
  { path: '/admin/welcome?step=place', shown: '.welcome-fields' },
  { path: '/admin/welcome?step=hours', shown: '.kit-week-form' },
  { path: '/admin/welcome?step=services&trade=barber', shown: '.welcome-service' },
  { path: '/admin/welcome?step=staff', shown: '.welcome-person' },
  { path: '/admin/test-call', shown: 'h1' },
  { path: '/admin/agents', shown: '.kit-table .kit-row-link' },
  { path: '/admin/agents/agt_demosalon', shown: '.provisioning-quote' },
  { path: '/admin/agents/create', shown: '.kit-form' },
  { path: '/admin/numbers', shown: 'h1' },
  { path: '/admin/numbers/create', shown: '.kit-form' },
  { path: '/admin/number-pool', shown: 'h1', email: 'admin@askproai.test' },
  { path: '/signup', shown: '#business', press: ['button[type=submit]'], isVisitor: true },
  { path: '/signup/confirm#unknown', shown: 'a.button', isVisitor: true },
  { path: '/admin/legal', shown: 'table td', email: 'admin@askproai.test' },
  { path: '/admin/legal/terms?lang=en', shown: 'textarea', email: 'admin@askproai.test' },
  { path: '/admin/contracts', shown: 'h2' },
  { path: '/setup#unused', shown: '#name', press: ['button[type=submit]'], isVisitor: true },
  { path: '/setup', shown: '[role=alert]', isVisitor: true },
  { path: '/admin/settings', shown: '.kit-form h1', email: 'admin@askproai.test' },
  { path: '/admin/connections', shown: '.connection h2', email: 'admin@askproai.test' },
  { path: '/admin/plans', shown: '.kit-table .kit-row-link', email: 'admin@askproai.test' },
  { path: '/admin/plans/pln_basic', shown: '.kit-actions', email: 'admin@askproai.test' },
  { path: '/admin/plans/create', shown: '.kit-form h1', email: 'admin@askproai.test' },
  { path: '/admin/settings', shown: 'h1' },
  { path: '/admin/nothing', shown: 'h1' },
  { path: '/admin', shown: 'h1', email: 'reseller@demo.test' },
  { path: '/admin/tenants', shown: '.kit-table .kit-row-link', email: 'admin@askproai.test' },
  { path: '/admin/tenants/ten_physio_plus', shown: '.kit-record-head', email: 'admin@askproai.test' },
  { path: '/admin/operations', shown: '.operations-nav', email: 'admin@askproai.test' },
  { path: '/admin/operations/health', shown: '.operations-days', email: 'admin@askproai.test' },
  { path: '/admin/operations/queues', shown: '.kit-table .mantine-Badge-root', email: 'admin@askproai.test' },
  { path: '/admin/operations/crons', shown: '.kit-table .mantine-Badge-root', email: 'admin@askproai.test' },
  { path: '/admin/operations/jobs', shown: '.kit-list', email: 'admin@askproai.test' },
  { path: '/admin/operations/jobs?tab=tenants', shown: '.kit-list', email: 'admin@askproai.test' },
  {
    path: '/admin/operations/webhooks?tab=kinds',
    shown: '.kit-table .mantine-Badge-root',
    email: 'admin@askproai.test',
  },
  {
    path: '/admin/operations/objects?tenant=ten_physio_plus',
    shown: '.operations-cards button',
    email: 'admin@askproai.test',
  },
  { path: '/admin/operations/logs', shown: '.operations-fields', email: 'admin@askproai.test' },
  { path: '/admin/operations/defects', shown: '.kit-list', email: 'admin@askproai.test' },
  { path: '/admin/operations/live', shown: '.kit-table tbody tr', email: 'admin@askproai.test' },
  { path: '/reseller/customers/create', shown: '.kit-form', email: 'reseller@demo.test' },
  { path: '/portal', shown: '.transactions .line', press: ['.transactions .icon-button', '.reader-button'] },
  { path: '/portal/billing/topup', shown: '.tiers li' },
  { path: '/portal/billing/history', shown: '.transactions .line', press: ['.more-filters summary'] },
  { path: '/portal/settings/profile', shown: '.profile form' },
  { path: '/portal/calls', shown: '.call strong' },
  { path: '/portal', shown: '.empty', email: 'admin@askproai.test' },
];

/** Whose session a page needs; null: nobody's. */
export const visitorOf = ({ isVisitor, email }: Visit): string | null =>
  isVisitor === true ? null : (email ?? DEMO.salon.owner);

/** A brand of the salon's own, in a colour that nothing can be written in: what is read in it must have been made darker, or lighter. */
export const LOUD_BRAND = { product_name: 'Schön & Fein', color: '#ffd400' };

/** Gives the salon a brand of its own, as the operator does it. Its reseller's is teal. */
export async function wearLoudBrand(instance: Instance): Promise<void> {
  const cookie = await instance.signIn('admin@askproai.test');
  const answer = await instance.request('/api/v1/tenants/ten_salon_schoen', {
    method: 'PATCH',
    headers: { cookie, origin: `http://localhost:${instance.port}`, 'if-match': '"1"' },
    body: { brand: LOUD_BRAND },
  });
  if (answer.status !== 200) throw new Error(`the brand: ${answer.status} ${answer.text}`);
}

/** The next day on which the demo salon is open and has appointments: it is closed on Sundays and Mondays. */
export function openDay(): string {
  const day = new Date(Date.now() + 86_400_000);
  while ([0, 1].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
