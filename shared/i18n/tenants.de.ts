/** German words about a tenant's fields that were refused. Du/Sie: always Sie. */
import type { TenantText } from './tenants.en.ts';

export const tenantsDe: Readonly<Record<TenantText, string>> = {
  slug_taken: 'Unter diesem Namen gibt es schon ein Konto.',
  slug_reserved: 'Dieser Name ist vergeben.',
  slug_needed: 'Aus dem Namen lässt sich keine Adresse bilden: Bitte wählen Sie selbst eine kurze.',
  zone: 'Keine Zeitzone (IANA, zum Beispiel Europe/Berlin).',
  currency: 'Keine Währung, in der Zahlungen angenommen werden.',
  plan_unknown: 'Diesen Tarif gibt es nicht, oder er wird nicht mehr angeboten.',
  plan_currency: 'Dieser Tarif hat eine andere Währung.',
  vat_id: 'Keine USt-IdNr. in der Form dieses Landes.',
  parent: 'Keiner Ihrer Reseller.',
  parent_of_reseller: 'Ein Reseller gehört immer unmittelbar zur Plattform.',
  reseller_forbidden: 'Ein Reseller legt nur Konten von Betrieben an.',
  owner_taken: 'Diese E-Mail-Adresse gibt es in diesem Konto schon.',
  reason_needed: 'Bitte geben Sie einen Grund an: Die Inhaberin oder der Inhaber liest ihn.',
  host_ours: 'Dieser Name gehört uns.',
  host_taken: 'Ein anderes Konto verwendet diesen Namen oder richtet ihn gerade ein.',
  address_outside: 'Ihre eigene Adresse liegt in keinem dieser Netze: Sie würden sich selbst aussperren.',
  limit_above: 'Höchstens so viel, wie Ihr eigenes Konto haben darf.',
  operator_only: 'Das stellt nur der Betreiber ein.',
};
