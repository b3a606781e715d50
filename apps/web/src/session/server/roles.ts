import type { Role as VaultRole } from '@baton/vault';
import type { Role } from '../../generated/graphql.ts';

/** The vault's spelling of a role, and the API's. */
export const vaultRoleOf = (role: Role): VaultRole => role.toLowerCase() as VaultRole;
export const roleOf = (role: VaultRole): Role => role.toUpperCase() as Role;
