// Roles: what credentials may do. Pure.

/** Each may do what those before it may. `owner` is the auth token of the account itself, all others are API keys. */
export const roles = ['read_only', 'sender', 'operator', 'owner'] as const;
export type Role = (typeof roles)[number];

/** The roles that an API key may have. */
export const keyRoles = ['read_only', 'sender', 'operator'] as const;
export type KeyRole = (typeof keyRoles)[number];

/** Returns whether a role may do what another one is needed for. */
export const isAtLeast = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);
