/** The shape of customers as the API shows them. Types only until the server's half of the contract stands here. */

export const JOURNEY_STATUSES = ['lead', 'prospect', 'customer', 'regular', 'vip', 'at_risk', 'churned'] as const;
export type JourneyStatus = (typeof JOURNEY_STATUSES)[number];

export interface Customer {
  id: string;
  name: string | null;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phones: { e164: string; extension: string; primary: boolean }[];
  language: string | null;
  is_vip: boolean;
  journey_status: JourneyStatus;
  source: string;
  notes: string | null;
  last_activity_at: string | null;
  created_at: string;
  version: number;
  deleted_at?: string | null;
  archived_at?: string | null;
}
