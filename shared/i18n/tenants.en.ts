/** English words about a tenant's fields that were refused. */
export const tenantsEn = {
  slug_taken: 'Another account is found under this name already.',
  slug_reserved: 'This name is reserved.',
  slug_needed: 'The name has no letters that an address can be made of: choose a short one yourself.',
  zone: 'No time zone (IANA, for example Europe/Berlin).',
  currency: 'No currency that payments are taken in.',
  plan_unknown: 'This plan does not exist, or it is no longer offered.',
  plan_currency: 'This plan is in another currency.',
  vat_id: 'Not the form of a VAT id of this country.',
  parent: 'No reseller of yours.',
  parent_of_reseller: 'A reseller hangs below the platform only.',
  reseller_forbidden: 'A reseller makes accounts of businesses only.',
  owner_taken: 'Somebody with this e-mail is in this account already.',
  reason_needed: 'Say why: the owner reads it.',
  host_ours: 'This name is ours.',
  host_taken: 'Another account uses this name, or is setting it up.',
  address_outside: 'Your own address is in none of these networks: you would shut yourself out.',
  limit_above: 'At most as much as your own account may have.',
  operator_only: 'Only the operator sets this.',
} as const;
export type TenantText = keyof typeof tenantsEn;
