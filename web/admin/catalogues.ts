/** The panel's catalogues: the frame's, and one of each area (shared/panel-words.ts), each in the language that is asked for. Read by area-words.ts and by tests. */
import type { PanelArea } from '../../shared/panel-words.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { Catalogue } from '../ui/i18n.ts';

export const FRAME = {
  de: async () => (await import('../../shared/i18n/compiled/admin.de.ts')).adminDe,
  en: async () => (await import('../../shared/i18n/compiled/admin.en.ts')).adminEn,
} as const;

export const AREAS = {
  absences: {
    de: async () => (await import('../../shared/i18n/compiled/absences.de.ts')).absencesDe,
    en: async () => (await import('../../shared/i18n/compiled/absences.en.ts')).absencesEn,
  },
  appointments: {
    de: async () => (await import('../../shared/i18n/compiled/appointments.de.ts')).appointmentsDe,
    en: async () => (await import('../../shared/i18n/compiled/appointments.en.ts')).appointmentsEn,
  },
  calendar: {
    de: async () => (await import('../../shared/i18n/compiled/calendar.de.ts')).calendarDe,
    en: async () => (await import('../../shared/i18n/compiled/calendar.en.ts')).calendarEn,
  },
  callbacks: {
    de: async () => (await import('../../shared/i18n/compiled/callbacks.de.ts')).callbacksDe,
    en: async () => (await import('../../shared/i18n/compiled/callbacks.en.ts')).callbacksEn,
  },
  calls: {
    de: async () => (await import('../../shared/i18n/compiled/calls.de.ts')).callsDe,
    en: async () => (await import('../../shared/i18n/compiled/calls.en.ts')).callsEn,
  },
  companies: {
    de: async () => (await import('../../shared/i18n/compiled/companies.de.ts')).companiesDe,
    en: async () => (await import('../../shared/i18n/compiled/companies.en.ts')).companiesEn,
  },
  conflicts: {
    de: async () => (await import('../../shared/i18n/compiled/conflicts.de.ts')).conflictsDe,
    en: async () => (await import('../../shared/i18n/compiled/conflicts.en.ts')).conflictsEn,
  },
  connections: {
    de: async () => (await import('../../shared/i18n/compiled/connections.de.ts')).connectionsDe,
    en: async () => (await import('../../shared/i18n/compiled/connections.en.ts')).connectionsEn,
  },
  customers: {
    de: async () => (await import('../../shared/i18n/compiled/customers.de.ts')).customersDe,
    en: async () => (await import('../../shared/i18n/compiled/customers.en.ts')).customersEn,
  },
  erasures: {
    de: async () => (await import('../../shared/i18n/compiled/erasures.de.ts')).erasuresDe,
    en: async () => (await import('../../shared/i18n/compiled/erasures.en.ts')).erasuresEn,
  },
  home: {
    de: async () => (await import('../../shared/i18n/compiled/home.de.ts')).homeDe,
    en: async () => (await import('../../shared/i18n/compiled/home.en.ts')).homeEn,
  },
  imports: {
    de: async () => (await import('../../shared/i18n/compiled/imports.de.ts')).importsDe,
    en: async () => (await import('../../shared/i18n/compiled/imports.en.ts')).importsEn,
  },
  instance: {
    de: async () => (await import('../../shared/i18n/compiled/instance.de.ts')).instanceDe,
    en: async () => (await import('../../shared/i18n/compiled/instance.en.ts')).instanceEn,
  },
  kit: {
    de: async () => (await import('../../shared/i18n/compiled/kit.de.ts')).kitDe,
    en: async () => (await import('../../shared/i18n/compiled/kit.en.ts')).kitEn,
  },
  legal: {
    de: async () => (await import('../../shared/i18n/compiled/legal.de.ts')).legalDe,
    en: async () => (await import('../../shared/i18n/compiled/legal.en.ts')).legalEn,
  },
  messages: {
    de: async () => (await import('../../shared/i18n/compiled/messages.de.ts')).messagesDe,
    en: async () => (await import('../../shared/i18n/compiled/messages.en.ts')).messagesEn,
  },
  onboarding: {
    de: async () => (await import('../../shared/i18n/compiled/onboarding.de.ts')).onboardingDe,
    en: async () => (await import('../../shared/i18n/compiled/onboarding.en.ts')).onboardingEn,
  },
  operating: {
    de: async () => (await import('../../shared/i18n/compiled/operating.de.ts')).operatingDe,
    en: async () => (await import('../../shared/i18n/compiled/operating.en.ts')).operatingEn,
  },
  operations: {
    de: async () => (await import('../../shared/i18n/compiled/operations.de.ts')).operationsDe,
    en: async () => (await import('../../shared/i18n/compiled/operations.en.ts')).operationsEn,
  },
  palette: {
    de: async () => (await import('../../shared/i18n/compiled/palette.de.ts')).paletteDe,
    en: async () => (await import('../../shared/i18n/compiled/palette.en.ts')).paletteEn,
  },
  people: {
    de: async () => (await import('../../shared/i18n/compiled/people.de.ts')).peopleDe,
    en: async () => (await import('../../shared/i18n/compiled/people.en.ts')).peopleEn,
  },
  provisioning: {
    de: async () => (await import('../../shared/i18n/compiled/provisioning.de.ts')).provisioningDe,
    en: async () => (await import('../../shared/i18n/compiled/provisioning.en.ts')).provisioningEn,
  },
  roles: {
    de: async () => (await import('../../shared/i18n/compiled/roles.de.ts')).rolesDe,
    en: async () => (await import('../../shared/i18n/compiled/roles.en.ts')).rolesEn,
  },
  security: {
    de: async () => (await import('../../shared/i18n/compiled/security.de.ts')).securityDe,
    en: async () => (await import('../../shared/i18n/compiled/security.en.ts')).securityEn,
  },
  setup: {
    de: async () => (await import('../../shared/i18n/compiled/setup.de.ts')).setupDe,
    en: async () => (await import('../../shared/i18n/compiled/setup.en.ts')).setupEn,
  },
  tenants: {
    de: async () => (await import('../../shared/i18n/compiled/tenants.de.ts')).tenantsDe,
    en: async () => (await import('../../shared/i18n/compiled/tenants.en.ts')).tenantsEn,
  },
  widgets: {
    de: async () => (await import('../../shared/i18n/compiled/widgets.de.ts')).widgetsDe,
    en: async () => (await import('../../shared/i18n/compiled/widgets.en.ts')).widgetsEn,
  },
} as const satisfies Readonly<Record<PanelArea, Readonly<Record<Language, () => Promise<Catalogue>>>>>;

type AllOf<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;
/** Every word of the panel. What a page says must be of the frame or of its own areas: dev/check/panel-words.ts reads the code for it. */
export type AdminCatalogue = Awaited<ReturnType<(typeof FRAME)['de']>> &
  AllOf<Awaited<ReturnType<(typeof AREAS)[PanelArea]['de']>>>;

/** All of them, for who says words of any page (tests). */
export async function wholeCatalogue(language: Language): Promise<AdminCatalogue> {
  const areas = await Promise.all(Object.values(AREAS).map((words) => words[language]()));
  return Object.assign({}, await FRAME[language](), ...areas) as AdminCatalogue;
}
