/**
 * Where a tenant's customers find it: links in messages, ids of mails and calendar files carry this host. A tenant that appears under a brand
 * shows no host of ours. Called by the scope.
 */
import { linkBase, type Platform } from '../env.ts';
import { activeHosts, type TenantRecord, tenantById } from '../storage/platform-db.ts';

export interface PublicAddress {
  /** scheme, host and port, without a slash at its end */
  base: string;
  host: string;
}

const addressOf = (base: string): PublicAddress => ({ base, host: new URL(base).hostname });

/**
 * The tenant's own domain, else its reseller's (the one that was added first stays the one, so that ids of calendar entries last); else, with
 * a brand, its name below `ROOT_DOMAIN`; else the product's own address.
 */
export async function publicAddressOf(platform: Platform, tenant: TenantRecord | null): Promise<PublicAddress> {
  const ours = new URL(linkBase(platform.config));
  if (tenant === null) return addressOf(ours.origin);
  const { id, parentId, slug } = tenant;
  const hosts = await activeHosts(platform, parentId === null ? [id] : [id, parentId]);
  const domain = (hosts.find(({ tenantId }) => tenantId === id) ?? hosts[0])?.host;
  if (domain !== undefined) return addressOf(`https://${domain}`);
  const isBranded = tenant.brand ?? (parentId === null ? null : (await tenantById(platform, parentId))?.brand);
  // Below localhost every tenant has its host in development, whatever is configured.
  const root = platform.config.ROOT_DOMAIN || (ours.hostname === 'localhost' ? 'localhost' : '');
  if (!isBranded || root === '') return addressOf(ours.origin);
  const port = ours.port === '' ? '' : `:${ours.port}`;
  return addressOf(`${ours.protocol}//${slug}.${root}${port}`);
}
