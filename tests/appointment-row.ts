/** A projected appointment for tests that write D1 rows themselves; what a test is about it says. */
import type { appointments } from '../workers/storage/tables/calendar.ts';

type Row = Omit<typeof appointments.$inferInsert, 'tenantId'>;

export const appointmentRow = (said: Pick<Row, 'id' | 'startsAt'> & Partial<Row>): Row => ({
  companyId: 'com_x',
  branchId: 'bra_x',
  customerId: 'cus_x',
  serviceId: 'srv_x',
  moreServiceIds: '[]',
  staffId: 'stf_x',
  endsAt: said.startsAt + 1,
  status: 'completed',
  source: 'admin',
  bookingType: 'single',
  partySize: 1,
  priceCents: 0,
  currency: 'EUR',
  segments: '[]',
  resources: '[]',
  syncStatus: 'none',
  rescheduleCount: 0,
  policyViolation: 0,
  cancellationFeeCents: 0,
  version: 1,
  createdByKind: 'system',
  createdById: 'test',
  createdAt: said.startsAt,
  updatedAt: said.startsAt,
  epoch: 1,
  seq: 1,
  ...said,
});
