/** Legal texts of the demo, patterns without a lawyer's word, and who agreed to them. Loaded by load.ts. */
import type { TenantId } from '../../shared/ids.ts';
import type { AgreedKind, LegalKind } from '../../shared/legal.ts';
import type { SeedOperation } from '../../workers/development/seed.ts';
import { BARBER, COSMETICS, NEW, PHYSIO, PLATFORM, RESELLER, SALON } from './tenants.ts';

const PATTERN = '*Muster für die Demo, kein Rechtsrat.*';
const PUBLISHED = Date.UTC(2026, 0, 2, 8);

const TEXTS: Readonly<Record<LegalKind, string>> = {
  terms: `${PATTERN}

# 1. Gegenstand

Der Anbieter nimmt Anrufe mit einer digitalen Assistentin entgegen und vereinbart Termine für den Kunden.

# 2. Guthaben

- Leistungen werden vom Guthaben bezahlt.
- Eine Aufladung bleibt, solange das Konto besteht.

# 3. Ende

Beide Seiten können mit einer Frist von **einem Monat** kündigen.`,
  dpa: `${PATTERN}

# 1. Gegenstand und Dauer

Der Anbieter verarbeitet personenbezogene Daten der Anrufer **nur auf Weisung** des Kunden (Art. 28 DSGVO).

# 2. Art der Daten

1. Name und Rufnummer
2. Termine und Leistungen
3. Wortlaut der Gespräche, wenn der Kunde ihn aufbewahrt`,
  secrecy: `${PATTERN}

Der Anbieter wird als mitwirkende Person nach **§ 203 Abs. 3 StGB** tätig. Er verpflichtet alle, die an der Verarbeitung mitwirken, in Textform zur Verschwiegenheit.`,
  privacy: `${PATTERN}

# Wer verantwortlich ist

AskProAI Demo GmbH, Torstraße 1, 10119 Berlin.

# Ihre Rechte

Auskunft, Berichtigung, Löschung: [Schreiben Sie uns](mailto:datenschutz@askproai.test).`,
  imprint: `${PATTERN}

AskProAI Demo GmbH\\
Torstraße 1\\
10119 Berlin

Vertreten durch: Alex Admin`,
};

const text = (
  tenantId: TenantId,
  kind: LegalKind,
  words: string,
  over: { language?: 'de' | 'en'; version?: number } = {},
): Extract<SeedOperation, { op: 'legal_text' }> => {
  const { language = 'de', version = 1 } = over;
  return {
    op: 'legal_text',
    row: {
      tenantId,
      id: `lgl_demo_${tenantId}_${kind}_${language}_${version}`,
      kind,
      language,
      version,
      text: words,
      publishedAt: PUBLISHED + version,
      publishedBy: 'system:demo',
    },
  };
};

const OF_PLATFORM = Object.fromEntries(
  (Object.keys(TEXTS) as LegalKind[]).map((kind) => [kind, text(PLATFORM, kind, TEXTS[kind])]),
) as Record<LegalKind, ReturnType<typeof text>>;
const RESELLERS_TERMS = [1, 2].map((version) =>
  text(RESELLER, 'terms', TEXTS.terms.replace('einem Monat', version === 1 ? 'drei Monaten' : 'einem Monat'), {
    version,
  }),
);

const agreed = (
  tenantId: TenantId,
  userId: string,
  kinds: readonly AgreedKind[],
  isOfReseller: boolean,
): SeedOperation => ({
  op: 'agreed',
  tenantId,
  userId,
  at: PUBLISHED + 60_000,
  textIds: kinds.map(
    (kind) => (isOfReseller && kind === 'terms' ? RESELLERS_TERMS[1] : OF_PLATFORM[kind])?.row.id ?? '',
  ),
});
const EVERYBODYS = ['terms', 'dpa'] as const;

export const LEGAL: readonly SeedOperation[] = [
  ...Object.values(OF_PLATFORM),
  text(PLATFORM, 'imprint', TEXTS.imprint.replace('Vertreten durch', 'Represented by'), { language: 'en' }),
  ...RESELLERS_TERMS,
  agreed(RESELLER, 'usr_demo_reseller_demo_test', EVERYBODYS, false),
  agreed(PHYSIO, 'usr_demo_owner_physio_plus_test', [...EVERYBODYS, 'secrecy'], false),
  agreed(SALON, 'usr_demo_owner_salon_schoen_test', EVERYBODYS, true),
  agreed(BARBER, 'usr_demo_owner_barber_zurich_test', EVERYBODYS, true),
  agreed(COSMETICS, 'usr_demo_owner_kosmetik_am_markt_test', EVERYBODYS, true),
  agreed(NEW, 'usr_demo_owner_studio_neu_test', EVERYBODYS, true),
];
