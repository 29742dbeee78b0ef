/** Pure: the words of a month's file, in the reader's language. Called by queries/month-file.ts. */
import type { Language } from '../../../shared/i18n/language.ts';
import type { TransactionType } from '../../../shared/money-status.ts';

interface FileWords {
  period: string;
  kind: string;
  item: string;
  quantity: string;
  price: string;
  amount: string;
  currency: string;
  cost: string;
  movement: string;
  base_fee: string;
  total: string;
  opening: string;
  closing: string;
  types: Readonly<Record<string, string>>;
  movements: Readonly<Record<TransactionType, string>>;
}

const WORDS: Readonly<Record<Language, FileWords>> = {
  de: {
    period: 'Monat',
    kind: 'Art',
    item: 'Position',
    quantity: 'Menge',
    price: 'Einzelpreis',
    amount: 'Betrag',
    currency: 'Währung',
    cost: 'Kosten',
    movement: 'Kontobewegung',
    base_fee: 'Grundgebühr, Tage',
    total: 'Summe',
    opening: 'Anfangsstand',
    closing: 'Endstand',
    types: {
      voice_minute: 'Gesprächsminuten',
      call: 'Anrufe',
      appointment: 'Termine',
      api_call: 'API-Aufrufe',
      ai_query: 'KI-Anfragen',
      storage_mb: 'Speicher (MB)',
      sms: 'SMS',
      whatsapp: 'WhatsApp',
      email: 'E-Mails',
      translation: 'Übersetzung',
    },
    movements: {
      topup: 'Aufladungen',
      bonus: 'Bonus',
      call_cost: 'Anrufe',
      usage: 'Nutzung',
      appointment_fee: 'Terminbuchungen',
      subscription: 'Grundgebühren',
      refund: 'Erstattungen',
      adjustment: 'Korrekturen',
      transfer: 'Umbuchungen',
      commission: 'Provisionen',
      payout: 'Auszahlungen',
      hold: 'Reservierungen',
      release: 'Freigegebene Reservierungen',
      rounding: 'Rundungsausgleich',
    },
  },
  en: {
    period: 'Month',
    kind: 'Kind',
    item: 'Item',
    quantity: 'Quantity',
    price: 'Unit price',
    amount: 'Amount',
    currency: 'Currency',
    cost: 'Cost',
    movement: 'Movement',
    base_fee: 'Base fee, days',
    total: 'Total',
    opening: 'Opening balance',
    closing: 'Closing balance',
    types: {
      voice_minute: 'Call minutes',
      call: 'Calls',
      appointment: 'Appointments',
      api_call: 'API calls',
      ai_query: 'AI queries',
      storage_mb: 'Storage (MB)',
      sms: 'SMS',
      whatsapp: 'WhatsApp',
      email: 'E-mails',
      translation: 'Translation',
    },
    movements: {
      topup: 'Top-ups',
      bonus: 'Bonus',
      call_cost: 'Calls',
      usage: 'Usage',
      appointment_fee: 'Appointments booked',
      subscription: 'Base fees',
      refund: 'Refunds',
      adjustment: 'Adjustments',
      transfer: 'Transfers',
      commission: 'Commissions',
      payout: 'Payouts',
      hold: 'Reservations',
      release: 'Reservations released',
      rounding: 'Rounding',
    },
  },
};

export const fileWords = (language: Language): FileWords => WORDS[language];
