/** The vendors whose calls are judged: their state in the detailed health follows from how real calls ended. Read by the table, by the judge and by the contract. */

import { HEALTH_STATUSES } from './tenant-status.ts';

export const VENDORS = ['calcom', 'retell', 'stripe', 'twilio', 'smtp'] as const;
export type Vendor = (typeof VENDORS)[number];

/** What is known of a vendor; `unknown`: it was never called. */
export const VENDOR_STATUSES = [...HEALTH_STATUSES, 'unknown'] as const;
export type VendorStatus = (typeof VENDOR_STATUSES)[number];
