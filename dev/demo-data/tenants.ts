/**
 * Who the demo data is about: tenants, users, keys, numbers, terms and master data. Fixed ids, so that pages, tests and guides can name
 * them.
 */
import type { TenantId } from '../../shared/ids.ts';
import type { SeedOperation } from '../../workers/development/seed.ts';
import type { ScheduleInput } from '../../workers/calendar/types.ts';
import type { Terms } from '../../workers/ledger/types.ts';
import { DAY } from '../../shared/time.ts';
import { asCents, asMicros } from '../../shared/money.ts';
import { KEY_SCOPES, ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import { DEFAULT_TIERS } from '../../workers/ledger/rules/terms.ts';

const DEMO_PASSWORD = 'askpro-demo-2026';
export const SALON = 'ten_salon_schoen' as TenantId;
export const PHYSIO = 'ten_physio_plus' as TenantId;
export const BARBER = 'ten_barber_zurich' as TenantId;
const NAILS = 'ten_nagelstudio_mainz' as TenantId;
export const COSMETICS = 'ten_kosmetik_am_markt' as TenantId;
/** A business of this morning: an owner, a trial's terms, and nothing set up yet. */
export const NEW = 'ten_studio_neu' as TenantId;
export const RESELLER = 'ten_demo_reseller' as TenantId;
export const PLATFORM = 'platform' as TenantId;

type Tenant = Extract<SeedOperation, { op: 'tenant' }>['record'];

const tenant = (over: Pick<Tenant, 'id' | 'type' | 'parentId' | 'slug' | 'name'> & Partial<Tenant>): Tenant => ({
  status: 'active',
  currency: 'EUR',
  locale: 'de',
  timeZone: 'Europe/Berlin',
  country: 'DE',
  vatId: null,
  brand: null,
  settings: null,
  createdAt: Date.UTC(2026, 0, 5),
  ...over,
});

/** Prices and settings of the platform that the demo's tenants belong to. */
export const INSTANCE: SeedOperation = {
  op: 'instance',
  settings: {
    issuer: {
      legal_name: 'AskProAI Demo GmbH',
      street: 'Torstraße 1',
      postal_code: '10119',
      city: 'Berlin',
      country: 'DE',
      tax_number: '27/123/45678',
      vat_id: 'DE123456788',
      vat_rate_basis_points: 1_900,
      small_business: false,
    },
    signup_open: true,
  },
};

export const TENANTS: Tenant[] = [
  tenant({ id: PLATFORM, type: 'platform', parentId: null, slug: 'askproai', name: 'AskProAI' }),
  tenant({
    id: RESELLER,
    type: 'reseller',
    parentId: PLATFORM,
    slug: 'demo-reseller',
    name: 'Demo Reseller GmbH',
    brand: {
      productName: 'TerminPartner',
      colors: { fill: '#0f766e', on_fill: '#ffffff', text: '#0f766e', text_dark: '#5eead4' },
    },
  }),
  tenant({
    id: SALON,
    type: 'business',
    parentId: RESELLER,
    slug: 'salon-schoen',
    name: 'Salon Schön',
    planId: 'pln_combined',
  }),
  tenant({
    id: PHYSIO,
    type: 'business',
    parentId: PLATFORM,
    slug: 'physio-plus',
    name: 'Physio Plus',
    timeZone: 'Europe/Vienna',
    country: 'AT',
    vatId: 'ATU12345678',
    vatCheck: {
      vat_id: 'ATU12345678',
      state: 'valid',
      at: Date.UTC(2026, 0, 5, 9),
      name: 'Physio Plus e.U.',
      address: 'Praterstraße 1, 1020 Wien',
    },
    planId: 'pln_minutes',
    // Its owner has let the support look in, so that the operator's page shows how that goes.
    supportAccessAt: Date.now(),
    supportAccessUntil: Date.now() + 7 * DAY,
  }),
  tenant({
    id: BARBER,
    type: 'business',
    parentId: RESELLER,
    slug: 'barber-zurich',
    name: 'Barber Zürich',
    timeZone: 'Europe/Zurich',
    country: 'CH',
    currency: 'CHF',
  }),
  // Accounts that are just beginning or have been stopped, so that a reseller's list shows what states there are.
  tenant({
    id: NAILS,
    type: 'business',
    parentId: RESELLER,
    slug: 'nagelstudio-mainz',
    name: 'Nagelstudio Mainz',
    status: 'trial',
    trialEndsAt: Date.now() + 9 * DAY,
    createdAt: Date.now() - 5 * DAY,
  }),
  tenant({
    id: COSMETICS,
    type: 'business',
    parentId: RESELLER,
    slug: 'kosmetik-am-markt',
    name: 'Kosmetik am Markt',
    status: 'suspended',
    suspendedAt: Date.now() - DAY,
    statusReason: 'Zwei Rechnungen sind offen.',
    createdAt: Date.UTC(2026, 2, 2),
  }),
  tenant({ id: NEW, type: 'business', parentId: RESELLER, slug: 'studio-neu', name: 'Studio Neu' }),
];

const userIdOf = (email: string): string => `usr_demo_${email.replaceAll(/[^a-z]/g, '_')}`;

const user = (
  tenantId: TenantId,
  email: string,
  name: string,
  role: Extract<SeedOperation, { op: 'user' }>['record']['role'],
): SeedOperation => ({
  op: 'user',
  record: {
    id: userIdOf(email),
    tenantId,
    email,
    name,
    role,
    password: DEMO_PASSWORD,
    language: 'de',
  },
});

/** A key with what its owner may, less what no program holds. */
export const key = (
  tenantId: TenantId,
  name: string,
  text: string,
  role: 'admin' | 'reseller_admin' = 'admin',
): SeedOperation => ({
  op: 'api_key',
  record: {
    tenantId,
    id: `key_demo_${name}`,
    name: 'Demo',
    key: text,
    scopes: ROLE_PERMISSIONS[role].filter((scope) => KEY_SCOPES.includes(scope)),
  },
});

/** The day on which the salon made a role of its own. */
const ROLE_MADE_AT = Date.UTC(2026, 5, 1);

export const IDENTITIES: SeedOperation[] = [
  user(PLATFORM, 'admin@askproai.test', 'Alex Admin', 'super_admin'),
  user(RESELLER, 'reseller@demo.test', 'Rita Reseller', 'reseller_admin'),
  user(SALON, 'owner@salon-schoen.test', 'Olivia Schön', 'admin'),
  user(SALON, 'manager@salon-schoen.test', 'Mara Manager', 'manager'),
  user(SALON, 'receptionist@salon-schoen.test', 'Rosa Empfang', 'receptionist'),
  user(SALON, 'staff@salon-schoen.test', 'Lena Vogel', 'staff'),
  user(SALON, 'sicher@salon-schoen.test', 'Sara Sicher', 'receptionist'),
  {
    op: 'factor',
    tenantId: SALON,
    userId: userIdOf('sicher@salon-schoen.test'),
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    codes: Array.from({ length: 10 }, (_, i) => `salon-schoen-code-${i}`),
  },
  {
    op: 'invited',
    tenantId: SALON,
    record: {
      id: userIdOf('nina@salon-schoen.test'),
      realm: SALON,
      email: 'nina@salon-schoen.test',
      name: 'Nina Neumann',
      role: 'receptionist',
      language: 'de',
    },
  },
  // A role of the salon's own, and somebody who has it in one branch only.
  {
    op: 'role',
    tenantId: SALON,
    record: {
      id: 'rol_demo_filialleitung',
      name: 'Filialleitung',
      description: 'Leitet den Tag einer Filiale, ohne Guthaben und Protokoll.',
      baseRole: 'manager',
      permissions: ROLE_PERMISSIONS.manager.filter(
        (one) => !/_(balance|usage|activity|webhook_logs|settings)$/.test(one),
      ),
      createdAt: ROLE_MADE_AT,
      updatedAt: ROLE_MADE_AT,
      version: 1,
      deletedAt: null,
    },
  },
  user(SALON, 'prenzlberg@salon-schoen.test', 'Petra Prenzlau', 'manager'),
  {
    op: 'grant',
    tenantId: SALON,
    userId: userIdOf('prenzlberg@salon-schoen.test'),
    set: { customRoleId: 'rol_demo_filialleitung', branchIds: ['bra_prenzlberg'] },
  },
  user(PHYSIO, 'owner@physio-plus.test', 'Paul Praxis', 'admin'),
  user(COSMETICS, 'owner@kosmetik-am-markt.test', 'Karla Kosmetik', 'admin'),
  user(BARBER, 'owner@barber-zurich.test', 'Beat Barbier', 'admin'),
  user(NEW, 'owner@studio-neu.test', 'Nina Neu', 'admin'),
  key(SALON, 'salon', 'ask_test_demo_salon_schoen'),
  key(PHYSIO, 'physio', 'ask_test_demo_physio_plus'),
  key(BARBER, 'barber', 'ask_test_demo_barber_zurich'),
  key(RESELLER, 'reseller', 'ask_test_demo_reseller', 'reseller_admin'),
  {
    op: 'number',
    record: {
      tenantId: SALON,
      e164: '+493012345678',
      branchId: 'bra_mitte',
      agentId: 'agent_demo_salon',
      active: true,
    },
  },
  {
    op: 'number',
    record: { tenantId: PHYSIO, e164: '+4312345678', branchId: 'bra_wien', agentId: 'agent_demo_physio', active: true },
  },
  {
    op: 'number',
    record: {
      tenantId: BARBER,
      e164: '+41441234567',
      branchId: 'bra_zuerich',
      agentId: 'agent_demo_barber',
      active: true,
    },
  },
  {
    op: 'agent',
    record: { tenantId: SALON, agentId: 'agent_demo_salon', branchId: 'bra_mitte', language: 'de', active: true },
  },
  {
    op: 'agent',
    record: { tenantId: PHYSIO, agentId: 'agent_demo_physio', branchId: 'bra_wien', language: 'de', active: true },
  },
  {
    op: 'agent',
    record: { tenantId: BARBER, agentId: 'agent_demo_barber', branchId: 'bra_zuerich', language: 'de', active: true },
  },
  { op: 'domain', record: { tenantId: RESELLER, host: 'portal.demo-reseller.test', status: 'active' } },
];

// ---------------------------------------------------------------- money

const micros = (euros: number) => asMicros(Math.round(euros * 1e6));

const terms = (over: {
  currency: string;
  timeZone: string;
  country: string;
  plan: Partial<Terms['plan']> & Pick<Terms['plan'], 'id' | 'model'>;
  vatIdValid?: boolean;
}): Terms => ({
  currency: over.currency,
  timeZone: over.timeZone,
  plan: {
    baseFeeMicros: micros(0),
    includedMinutes: 0,
    pricePerMinuteMicros: micros(0),
    includedAppointments: 0,
    pricePerAppointmentMicros: micros(0),
    billingIncrementSeconds: 1,
    minimumSeconds: 0,
    freeBelowSeconds: 0,
    unitPrices: {},
    ...over.plan,
  },
  allowOverdraftCents: asCents(0),
  bonusTiers: DEFAULT_TIERS,
  thresholdPercents: [50, 20, 10],
  spendOrder: 'bonus_first',
  vatTiming: 'on_topup',
  suspended: false,
  vat: {
    issuerCountry: 'DE',
    issuerSmallBusiness: false,
    recipientCountry: over.country,
    recipientIsBusiness: true,
    recipientVatIdValid: over.vatIdValid ?? false,
  },
});

export const TERMS: { tenantId: TenantId; terms: Terms }[] = [
  // Its own account: what it gives its customers from.
  {
    tenantId: RESELLER,
    terms: terms({
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      country: 'DE',
      plan: { id: 'per_minute', model: 'per_minute', pricePerMinuteMicros: micros(0.2) },
    }),
  },
  {
    tenantId: SALON,
    terms: terms({
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      country: 'DE',
      plan: {
        id: 'combined',
        model: 'combined',
        baseFeeMicros: micros(49),
        includedMinutes: 500,
        pricePerMinuteMicros: micros(0.15),
        pricePerAppointmentMicros: micros(2),
      },
    }),
  },
  {
    tenantId: PHYSIO,
    terms: terms({
      currency: 'EUR',
      timeZone: 'Europe/Vienna',
      country: 'AT',
      vatIdValid: true,
      plan: { id: 'per_minute', model: 'per_minute', pricePerMinuteMicros: micros(0.2) },
    }),
  },
  {
    tenantId: BARBER,
    terms: terms({
      currency: 'CHF',
      timeZone: 'Europe/Zurich',
      country: 'CH',
      plan: { id: 'per_minute', model: 'per_minute', pricePerMinuteMicros: micros(0.25) },
    }),
  },
  {
    tenantId: NEW,
    terms: terms({
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      country: 'DE',
      plan: { id: 'per_minute', model: 'per_minute', pricePerMinuteMicros: micros(0.2) },
    }),
  },
];

// ---------------------------------------------------------------- time: master data

interface Person {
  id: string;
  first: string;
  last: string;
  branches: string[];
  colour: string;
  languages: string[];
  calcomUserId: string;
  /** who signs in as this person */
  userId?: string;
}

export const SALON_STAFF: Person[] = [
  {
    id: 'stf_lena',
    userId: userIdOf('staff@salon-schoen.test'),
    first: 'Lena',
    last: 'Vogel',
    branches: ['bra_mitte'],
    colour: '#4c6ef5',
    languages: ['de', 'en'],
    calcomUserId: '501',
  },
  {
    id: 'stf_tom',
    first: 'Tom',
    last: 'Berger',
    branches: ['bra_mitte'],
    colour: '#12b886',
    languages: ['de'],
    calcomUserId: '502',
  },
  {
    id: 'stf_aylin',
    first: 'Aylin',
    last: 'Kaya',
    branches: ['bra_mitte'],
    colour: '#f76707',
    languages: ['de', 'tr'],
    calcomUserId: '503',
  },
  {
    id: 'stf_marco',
    first: 'Marco',
    last: 'Rossi',
    branches: ['bra_mitte', 'bra_prenzlberg'],
    colour: '#ae3ec9',
    languages: ['de', 'it'],
    calcomUserId: '504',
  },
  {
    id: 'stf_sophie',
    first: 'Sophie',
    last: 'Klein',
    branches: ['bra_prenzlberg'],
    colour: '#1098ad',
    languages: ['de', 'fr'],
    calcomUserId: '505',
  },
  {
    id: 'stf_jonas',
    first: 'Jonas',
    last: 'Wolf',
    branches: ['bra_prenzlberg'],
    colour: '#e03131',
    languages: ['de', 'en'],
    calcomUserId: '506',
  },
];
const ALL_STAFF = SALON_STAFF.map((s) => s.id);

interface DemoService {
  id: string;
  de: string;
  en: string;
  aliases: string[];
  minutes: number;
  priceCents: number;
  staff: string[];
  category: string;
  segments?: unknown[];
  after?: number;
  calcom: string;
}

export const SALON_SERVICES: DemoService[] = [
  {
    id: 'srv_haarschnitt',
    de: 'Haarschnitt',
    en: 'Haircut',
    aliases: ['Schneiden', 'Cut', 'Damenhaarschnitt', 'Haare schneiden'],
    minutes: 60,
    priceCents: 4500,
    staff: ALL_STAFF,
    category: 'Schnitt',
    calcom: '1001',
  },
  {
    id: 'srv_herrenschnitt',
    de: 'Herrenschnitt',
    en: "Men's cut",
    aliases: ['Männerschnitt', 'Herrenhaarschnitt'],
    minutes: 30,
    priceCents: 2900,
    staff: ALL_STAFF,
    category: 'Schnitt',
    calcom: '1002',
  },
  {
    id: 'srv_kinderschnitt',
    de: 'Kinderschnitt',
    en: "Children's cut",
    aliases: ['Kinderhaarschnitt'],
    minutes: 30,
    priceCents: 1900,
    staff: ALL_STAFF,
    category: 'Schnitt',
    calcom: '1003',
  },
  {
    id: 'srv_faerben',
    de: 'Färben',
    en: 'Colouring',
    aliases: ['Farbe', 'Haare färben', 'Coloration', 'Tönung'],
    minutes: 120,
    priceCents: 8900,
    staff: ['stf_lena', 'stf_aylin', 'stf_sophie', 'stf_marco'],
    category: 'Farbe',
    calcom: '1004',
    segments: [
      { id: 'seg_auftragen', kind: 'active', durationMinutes: 45, name: { de: 'Farbe auftragen', en: 'Apply colour' } },
      { id: 'seg_einwirken', kind: 'passive', durationMinutes: 30, name: { de: 'Einwirken', en: 'Processing' } },
      {
        id: 'seg_ausspuelen',
        kind: 'active',
        durationMinutes: 45,
        name: { de: 'Ausspülen und föhnen', en: 'Rinse and blow-dry' },
      },
    ],
  },
  {
    id: 'srv_komplett',
    de: 'Waschen + Schneiden + Föhnen',
    en: 'Wash + cut + blow-dry',
    aliases: ['Waschen Schneiden Föhnen', 'waschen und schneiden', 'Komplettpaket'],
    minutes: 75,
    priceCents: 5900,
    staff: ALL_STAFF,
    category: 'Pakete',
    calcom: '1005',
    segments: [
      { id: 'seg_waschen', kind: 'active', durationMinutes: 15, name: { de: 'Waschen', en: 'Wash' }, resources: [] },
      { id: 'seg_schneiden', kind: 'active', durationMinutes: 40, name: { de: 'Schneiden', en: 'Cut' } },
      { id: 'seg_foehnen', kind: 'active', durationMinutes: 20, name: { de: 'Föhnen', en: 'Blow-dry' } },
    ],
  },
  {
    id: 'srv_bartpflege',
    de: 'Bartpflege',
    en: 'Beard care',
    aliases: ['Bart', 'Bart trimmen', 'Bart schneiden'],
    minutes: 30,
    priceCents: 2500,
    staff: ['stf_tom', 'stf_marco', 'stf_jonas'],
    category: 'Bart',
    calcom: '1006',
  },
  {
    id: 'srv_straehnen',
    de: 'Strähnen',
    en: 'Highlights',
    aliases: ['Balayage', 'Foliensträhnen'],
    minutes: 150,
    priceCents: 12900,
    staff: ['stf_lena', 'stf_aylin', 'stf_sophie'],
    category: 'Farbe',
    after: 10,
    calcom: '1007',
  },
  {
    id: 'srv_foehnen',
    de: 'Föhnen',
    en: 'Blow-dry',
    aliases: ['Styling'],
    minutes: 30,
    priceCents: 2400,
    staff: ALL_STAFF,
    category: 'Styling',
    calcom: '1008',
  },
  {
    id: 'srv_hochstecken',
    de: 'Hochsteckfrisur',
    en: 'Updo',
    aliases: ['Hochstecken', 'Brautfrisur'],
    minutes: 90,
    priceCents: 9500,
    staff: ['stf_lena', 'stf_sophie'],
    category: 'Styling',
    calcom: '1009',
  },
  {
    id: 'srv_pflege',
    de: 'Intensivpflege',
    en: 'Intensive care',
    aliases: ['Haarkur', 'Kur'],
    minutes: 30,
    priceCents: 2200,
    staff: ALL_STAFF,
    category: 'Pflege',
    calcom: '1010',
  },
];

const company = (id: string, name: string, over: Record<string, unknown> = {}): ScheduleInput => ({
  kind: 'company',
  id,
  body: { name, ...over },
});

const branch = (id: string, companyId: string, name: string, over: Record<string, unknown>): ScheduleInput => ({
  kind: 'branch',
  id,
  body: { companyId, name, country: 'DE', timeZone: 'Europe/Berlin', closedOnHolidays: true, ...over },
});

const weekly = (
  ownerKind: 'branch' | 'staff',
  ownerId: string,
  weekdays: readonly number[],
  from: string,
  to: string,
  breaks: { from: string; to: string }[] = [],
  branchId: string | null = null,
): ScheduleInput[] =>
  weekdays.map((weekday) => ({
    kind: 'hours' as const,
    id: `hrs_${ownerId.slice(4)}${branchId ? `_${branchId.slice(4)}` : ''}_${weekday}`,
    body: { ownerKind, ownerId, branchId, weekday, periods: [{ from, to }], breaks },
  }));

const TUE_TO_SAT = [2, 3, 4, 5, 6];
const MON_TO_FRI = [1, 2, 3, 4, 5];

/** Who hosts at Cal.com: each of a service has an event type of their own there. */
const CALCOM_USERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(SALON_STAFF.map((p) => [p.id, p.calcomUserId])),
  stf_eva: '601',
  stf_peter: '602',
  stf_nina: '603',
};

const service = (
  companyId: string,
  s: DemoService,
  currency: string,
  over: Record<string, unknown> = {},
): ScheduleInput => ({
  kind: 'service',
  id: s.id,
  body: {
    companyId,
    name: { de: s.de, en: s.en },
    category: s.category,
    aliases: s.aliases,
    durationMinutes: s.minutes,
    bufferAfterMinutes: s.after ?? 0,
    priceCents: s.priceCents,
    currency,
    staff: s.staff.map((staffId) => ({
      staffId,
      ...(CALCOM_USERS[staffId] ? { calcomEventTypeId: `${s.calcom}${CALCOM_USERS[staffId]}` } : {}),
    })),
    segments: s.segments ?? [],
    calcomEventTypeId: s.calcom,
    ...over,
  },
});

const person = (companyId: string, p: Person): ScheduleInput => ({
  kind: 'staff',
  id: p.id,
  body: {
    companyId,
    firstName: p.first,
    lastName: p.last,
    branchIds: p.branches,
    colour: p.colour,
    languages: p.languages,
    calcomUserId: p.calcomUserId,
    email: `${p.id.slice(4)}@salon-schoen.test`,
    ...(p.userId === undefined ? {} : { userId: p.userId }),
  },
});

export const SALON_SCHEDULE: ScheduleInput[] = [
  company('com_salon_schoen', 'Salon Schön', {
    identity: 'standard',
    legalName: 'Salon Schön GmbH',
    legalAddress: { street: 'Torstraße 12', postalCode: '10119', city: 'Berlin' },
    legalCountry: 'DE',
    taxNumber: '30/123/45678',
    register: 'AG Charlottenburg, HRB 123456',
    languages: ['de', 'en', 'tr'],
  }),
  branch('bra_mitte', 'com_salon_schoen', 'Salon Schön Mitte', {
    main: true,
    holidayRegion: 'DE-BE',
    areaCode: '030',
    phone: '+493012345678',
    address: { street: 'Torstraße 12', postalCode: '10119', city: 'Berlin' },
    coordinates: { latitude: 52.52877, longitude: 13.40431 },
    transportInfo: 'Mit der U8 bis Rosenthaler Platz, dann drei Minuten zu Fuß. Parken können Sie im Hof.',
  }),
  branch('bra_prenzlberg', 'com_salon_schoen', 'Salon Schön Prenzlauer Berg', {
    holidayRegion: 'DE-BE',
    areaCode: '030',
    address: { street: 'Kastanienallee 40', postalCode: '10119', city: 'Berlin' },
  }),
  ...weekly('branch', 'bra_mitte', TUE_TO_SAT, '09:00', '18:00'),
  ...weekly('branch', 'bra_prenzlberg', TUE_TO_SAT, '09:00', '18:00'),
  {
    kind: 'resource',
    id: 'res_farbplatz_mitte',
    body: { companyId: 'com_salon_schoen', branchId: 'bra_mitte', name: 'Farbplatz', type: 'equipment', capacity: 2 },
  },
  {
    kind: 'resource',
    id: 'res_farbplatz_pberg',
    body: {
      companyId: 'com_salon_schoen',
      branchId: 'bra_prenzlberg',
      name: 'Farbplatz',
      type: 'equipment',
      capacity: 2,
    },
  },
  // Not needed by any service yet.
  {
    kind: 'resource',
    id: 'res_waschplatz_mitte',
    body: { companyId: 'com_salon_schoen', branchId: 'bra_mitte', name: 'Waschplatz', type: 'equipment', capacity: 3 },
  },
  {
    kind: 'resource',
    id: 'res_brautzimmer_mitte',
    body: { companyId: 'com_salon_schoen', branchId: 'bra_mitte', name: 'Brautzimmer', type: 'room', capacity: 1 },
  },
  ...SALON_STAFF.map((p) => person('com_salon_schoen', p)),
  ...SALON_STAFF.flatMap((p, i) => {
    const lunch = [{ from: i % 2 === 0 ? '12:00' : '13:00', to: i % 2 === 0 ? '12:30' : '13:30' }];
    // Marco is in Mitte until Thursday and in Prenzlauer Berg on Friday and Saturday.
    if (p.branches.length > 1)
      return [
        ...weekly('staff', p.id, [2, 3, 4], '09:00', '18:00', lunch, 'bra_mitte'),
        ...weekly('staff', p.id, [5, 6], '09:00', '18:00', lunch, 'bra_prenzlberg'),
      ];
    return weekly('staff', p.id, TUE_TO_SAT, '09:00', '18:00', lunch);
  }),
  ...SALON_SERVICES.map((s) =>
    service(
      'com_salon_schoen',
      s,
      'EUR',
      s.category === 'Farbe'
        ? { resources: [{ anyOf: ['res_farbplatz_mitte', 'res_farbplatz_pberg'], units: 1 }] }
        : // Families live there: more time, and a little dearer.
          s.id === 'srv_kinderschnitt'
          ? { branchOverrides: [{ branchId: 'bra_prenzlberg', durationMinutes: 40, priceCents: 2_200 }] }
          : {},
    ),
  ),
];

const physioPerson = (id: string, first: string, last: string, colour: string): ScheduleInput => ({
  kind: 'staff',
  id,
  body: {
    companyId: 'com_physio_plus',
    firstName: first,
    lastName: last,
    branchIds: ['bra_wien'],
    colour,
    calcomUserId: CALCOM_USERS[id] ?? null,
  },
});
const PHYSIO_STAFF = ['stf_eva', 'stf_peter', 'stf_nina'];
const practice = { neutralName: { de: 'Termin', en: 'Appointment' } };

export const PHYSIO_SCHEDULE: ScheduleInput[] = [
  company('com_physio_plus', 'Physio Plus', { practiceMode: true }),
  branch('bra_wien', 'com_physio_plus', 'Physio Plus Wien', {
    main: true,
    country: 'AT',
    timeZone: 'Europe/Vienna',
    holidayRegion: 'AT',
    areaCode: '01',
    phone: '+4312345678',
  }),
  ...weekly('branch', 'bra_wien', MON_TO_FRI, '08:00', '19:00'),
  ...['Behandlungsraum 1', 'Behandlungsraum 2'].map(
    (name, n): ScheduleInput => ({
      kind: 'resource',
      id: `res_raum_${n + 1}`,
      body: { companyId: 'com_physio_plus', branchId: 'bra_wien', name, type: 'room', capacity: 1 },
    }),
  ),
  physioPerson('stf_eva', 'Eva', 'Huber', '#0b7285'),
  physioPerson('stf_peter', 'Peter', 'Gruber', '#5f3dc4'),
  physioPerson('stf_nina', 'Nina', 'Steiner', '#c2255c'),
  ...PHYSIO_STAFF.flatMap((id) => weekly('staff', id, MON_TO_FRI, '08:00', '19:00', [{ from: '12:00', to: '13:00' }])),
  service(
    'com_physio_plus',
    {
      id: 'srv_physio',
      de: 'Physiotherapie',
      en: 'Physiotherapy',
      aliases: ['Krankengymnastik', 'Physio', 'Behandlung'],
      minutes: 45,
      priceCents: 7500,
      staff: PHYSIO_STAFF,
      category: 'Therapie',
      calcom: '2001',
    },
    'EUR',
    practice,
  ),
  service(
    'com_physio_plus',
    {
      id: 'srv_massage',
      de: 'Heilmassage',
      en: 'Therapeutic massage',
      aliases: ['Massage', 'Rückenmassage'],
      minutes: 30,
      priceCents: 4800,
      staff: PHYSIO_STAFF,
      category: 'Therapie',
      calcom: '2002',
    },
    'EUR',
    practice,
  ),
  service(
    'com_physio_plus',
    {
      id: 'srv_lymph',
      de: 'Lymphdrainage',
      en: 'Lymphatic drainage',
      aliases: ['Manuelle Lymphdrainage'],
      minutes: 60,
      priceCents: 8200,
      staff: ['stf_eva', 'stf_nina'],
      category: 'Therapie',
      calcom: '2003',
    },
    'EUR',
    practice,
  ),
];

const BARBER_STAFF = ['stf_beat', 'stf_luca'];
export const BARBER_SCHEDULE: ScheduleInput[] = [
  company('com_barber_zurich', 'Barber Zürich', { smsCountries: ['AT', 'CH', 'DE', 'LI'] }),
  branch('bra_zuerich', 'com_barber_zurich', 'Barber Zürich', {
    main: true,
    country: 'CH',
    timeZone: 'Europe/Zurich',
    holidayRegion: 'CH-ZH',
    areaCode: '044',
    phone: '+41441234567',
  }),
  ...weekly('branch', 'bra_zuerich', TUE_TO_SAT, '10:00', '19:00'),
  {
    kind: 'staff',
    id: 'stf_beat',
    body: {
      companyId: 'com_barber_zurich',
      firstName: 'Beat',
      lastName: 'Frei',
      branchIds: ['bra_zuerich'],
      colour: '#364fc7',
    },
  },
  {
    kind: 'staff',
    id: 'stf_luca',
    body: {
      companyId: 'com_barber_zurich',
      firstName: 'Luca',
      lastName: 'Moretti',
      branchIds: ['bra_zuerich'],
      colour: '#2b8a3e',
    },
  },
  ...BARBER_STAFF.flatMap((id) => weekly('staff', id, TUE_TO_SAT, '10:00', '19:00', [{ from: '13:00', to: '13:30' }])),
  service(
    'com_barber_zurich',
    {
      id: 'srv_cut_zh',
      de: 'Haarschnitt',
      en: 'Haircut',
      aliases: ['Schnitt', 'Cut'],
      minutes: 45,
      priceCents: 5500,
      staff: BARBER_STAFF,
      category: 'Schnitt',
      calcom: '3001',
    },
    'CHF',
  ),
  service(
    'com_barber_zurich',
    {
      id: 'srv_bart_zh',
      de: 'Bartrasur',
      en: 'Shave',
      aliases: ['Rasur', 'Bart'],
      minutes: 30,
      priceCents: 4000,
      staff: BARBER_STAFF,
      category: 'Bart',
      calcom: '3002',
    },
    'CHF',
  ),
];
