/** Agents and numbers of the demo businesses, and free numbers of the operator's pool. Read by load.ts. */
import { AGENT_ABILITIES } from '../../shared/agent-sets.ts';
import type { SeedOperation } from '../../workers/development/seed.ts';
import { BARBER, PHYSIO, SALON } from './tenants.ts';

const DAY = 86_400_000;

/** @param now so that calls have come through the numbers lately */
export function demoProvisioning(now: number): SeedOperation[] {
  const opened = now - 180 * DAY;
  const called = { firstCallAt: opened + DAY, lastCallAt: now - DAY / 4 };
  const common = { language: 'de' as const, abilities: [...AGENT_ABILITIES], createdAt: opened };
  const live = { ...common, state: 'live' as const, liveAt: opened, remoteVersion: 0 };
  const number = { state: 'live' as const, createdAt: opened, ...called };
  return [
    {
      op: 'provisioning',
      tenantId: SALON,
      rows: {
        agents: [
          {
            ...live,
            id: 'agt_demosalon',
            name: 'Clara',
            branchId: 'bra_mitte',
            trade: 'hair_salon',
            voice: 'clara',
            transferNumber: '+4915112340000',
            agentId: 'agent_demo_salon',
          },
          {
            ...common,
            id: 'agt_demosalonnew',
            name: 'Jonas',
            branchId: 'bra_prenzlberg',
            trade: 'hair_salon',
            voice: 'jonas',
            firstSentence:
              'Hallo, hier ist die KI-Assistenz von Salon Schön in Prenzlauer Berg. Was darf ich für Sie tun?',
            state: 'draft',
            createdAt: now - DAY,
          },
        ],
        numbers: [
          {
            ...number,
            id: 'num_demosalon',
            branchId: 'bra_mitte',
            agentId: 'agt_demosalon',
            country: 'DE',
            e164: '+493012345678',
          },
        ],
        pool: [
          { id: 'pno_demosalon', e164: '+493012345678', country: 'DE', numberId: 'num_demosalon', createdAt: opened },
          { id: 'pno_demofreede1', e164: '+493022220001', country: 'DE', numberId: null, createdAt: opened },
          { id: 'pno_demofreede2', e164: '+493022220002', country: 'DE', numberId: null, createdAt: opened + 1 },
          { id: 'pno_demofreeat', e164: '+43122220001', country: 'AT', numberId: null, createdAt: opened + 2 },
        ],
      },
    },
    {
      op: 'provisioning',
      tenantId: PHYSIO,
      rows: {
        agents: [
          {
            ...live,
            id: 'agt_demophysio',
            name: 'Clara',
            branchId: 'bra_wien',
            trade: 'physiotherapy',
            voice: 'clara',
            agentId: 'agent_demo_physio',
          },
        ],
        numbers: [
          {
            ...number,
            id: 'num_demophysio',
            branchId: 'bra_wien',
            agentId: 'agt_demophysio',
            country: 'AT',
            e164: '+4312345678',
          },
        ],
        pool: [
          { id: 'pno_demophysio', e164: '+4312345678', country: 'AT', numberId: 'num_demophysio', createdAt: opened },
        ],
      },
    },
    {
      op: 'provisioning',
      tenantId: BARBER,
      rows: {
        agents: [
          {
            ...live,
            id: 'agt_demobarber',
            name: 'Jonas',
            branchId: 'bra_zuerich',
            trade: 'barber',
            voice: 'jonas',
            agentId: 'agent_demo_barber',
          },
        ],
        numbers: [
          {
            ...number,
            id: 'num_demobarber',
            branchId: 'bra_zuerich',
            agentId: 'agt_demobarber',
            country: 'CH',
            e164: '+41441234567',
            firstCallAt: null,
            lastCallAt: null,
          },
        ],
        pool: [
          { id: 'pno_demobarber', e164: '+41441234567', country: 'CH', numberId: 'num_demobarber', createdAt: opened },
        ],
      },
    },
  ];
}
