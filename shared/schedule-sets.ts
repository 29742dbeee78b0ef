/** The closed sets of master data, without zod: rules, types, the contract and web apps read them here. */

/** What a working time or an exception belongs to. */
export const HOURS_OWNERS = ['branch', 'staff', 'resource'] as const;
export type HoursOwner = (typeof HOURS_OWNERS)[number];
export const EXCEPTION_OWNERS = ['company', ...HOURS_OWNERS] as const;

/** `extra_shift` adds time, every other kind takes it away. */
export const EXCEPTION_KINDS = ['vacation', 'sick', 'absence', 'closure', 'public_holiday', 'extra_shift'] as const;

export const RESOURCE_TYPES = ['room', 'equipment'] as const;

/** Who may query and change what over the phone. `strict` is fixed in practice mode. */
export const IDENTITY_MODES = ['standard', 'strict'] as const;
/** What of a known caller's name the agent says before the caller has said anything. */
export const GREETINGS = ['none', 'first_name', 'full_name'] as const;
export type Greeting = (typeof GREETINGS)[number];
