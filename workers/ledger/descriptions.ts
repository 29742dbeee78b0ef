/** Pure: the sentence of a ledger entry in the reader's language, from its key; entries themselves hold no text. Called by routes. */
import type { Language } from '../../shared/i18n/language.ts';

const TEXTS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  de: {
    'ledger.topup.stripe': 'Aufladung',
    'ledger.topup.bank_transfer': 'Aufladung per Überweisung',
    'ledger.topup.manual': 'Aufladung, manuell gebucht',
    'ledger.bonus': 'Bonus',
    'ledger.refund': 'Erstattung',
    'ledger.dispute': 'Rückbuchung durch die Bank',
    'ledger.dispute_won': 'Rückbuchung aufgehoben',
    'ledger.refund_failed': 'Erstattung zurückgekommen',
    'ledger.hold': 'Reserviert für laufenden Anruf',
    'ledger.release': 'Reservierung freigegeben',
    'ledger.call_cost.voice_minute': 'Anruf',
    'ledger.usage.voice_minute': 'Gesprächsminuten',
    'ledger.appointment_fee.appointment': 'Terminbuchung',
    'ledger.appointment_fee.credit': 'Terminbuchung, erstattet nach Absage',
    'ledger.usage.api_call': 'API-Aufrufe',
    'ledger.usage.ai_query': 'KI-Anfragen',
    'ledger.usage.storage_mb': 'Speicher',
    'ledger.usage.sms': 'SMS',
    'ledger.usage.whatsapp': 'WhatsApp',
    'ledger.usage.email': 'E-Mail',
    'ledger.usage.translation': 'Übersetzung',
    'ledger.usage.call': 'Anruf',
    'ledger.transfer.sent': 'Übertragen an ein anderes Konto',
    'ledger.transfer.received': 'Übertrag von einem anderen Konto',
    'ledger.transfer.returned': 'Übertrag zurückgekommen',
    'ledger.commission.sent': 'Provision abgegeben',
    'ledger.commission.received': 'Provision erhalten',
    'ledger.commission.returned': 'Provision zurückgekommen',
    'ledger.reserve': 'Betrag zurückgelegt',
    'ledger.reserve_released': 'Zurückgelegter Betrag wieder frei',
    'ledger.captured': 'Zurückgelegter Betrag verrechnet',
    'ledger.payout': 'Auszahlung',
    'ledger.adjustment': 'Korrektur',
    'ledger.subscription': 'Grundgebühr',
    'ledger.rounding': 'Rundungsausgleich zum Monatsende',
  },
  en: {
    'ledger.topup.stripe': 'Top-up',
    'ledger.topup.bank_transfer': 'Top-up by bank transfer',
    'ledger.topup.manual': 'Top-up, booked by hand',
    'ledger.bonus': 'Bonus',
    'ledger.refund': 'Refund',
    'ledger.dispute': 'Chargeback',
    'ledger.dispute_won': 'Chargeback reversed',
    'ledger.refund_failed': 'Refund returned',
    'ledger.hold': 'Reserved for a running call',
    'ledger.release': 'Reservation released',
    'ledger.call_cost.voice_minute': 'Call',
    'ledger.usage.voice_minute': 'Call minutes',
    'ledger.appointment_fee.appointment': 'Appointment booked',
    'ledger.appointment_fee.credit': 'Appointment fee returned after cancellation',
    'ledger.usage.api_call': 'API calls',
    'ledger.usage.ai_query': 'AI queries',
    'ledger.usage.storage_mb': 'Storage',
    'ledger.usage.sms': 'SMS',
    'ledger.usage.whatsapp': 'WhatsApp',
    'ledger.usage.email': 'E-mail',
    'ledger.usage.translation': 'Translation',
    'ledger.usage.call': 'Call',
    'ledger.transfer.sent': 'Transferred to another account',
    'ledger.transfer.received': 'Transfer from another account',
    'ledger.transfer.returned': 'Transfer returned',
    'ledger.commission.sent': 'Commission passed on',
    'ledger.commission.received': 'Commission received',
    'ledger.commission.returned': 'Commission returned',
    'ledger.reserve': 'Amount set aside',
    'ledger.reserve_released': 'Amount no longer set aside',
    'ledger.captured': 'Amount set aside, settled',
    'ledger.payout': 'Payout',
    'ledger.adjustment': 'Adjustment',
    'ledger.subscription': 'Base fee',
    'ledger.rounding': 'Rounding at the end of the month',
  },
};

/** Null for a key of a later version: the web apps then name the type. */
export const describe = (key: string, language: Language): string | null => TEXTS[language][key] ?? null;

/** Keys whose sentence contains the words somebody searches for, so that a text filter finds what the list shows. */
export const keysMatching = (words: string, language: Language): string[] => {
  const wanted = words.toLocaleLowerCase(language);
  return Object.entries(TEXTS[language])
    .filter(([, sentence]) => sentence.toLocaleLowerCase(language).includes(wanted))
    .map(([key]) => key);
};
