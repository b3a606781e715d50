import { count } from 'drizzle-orm';
import type { Services } from '../../platform/graphql/context.ts';
import { organisations } from '../organisations/organisations.table.ts';

/** Whether a firm may be set up by whoever comes: the first one always, further ones where the installation is open. */
export async function takesFirms(services: Services): Promise<boolean> {
  return services.signUp === 'open' || needsSetUp(services);
}

/** Whether there is no firm yet. */
export async function needsSetUp(services: Services): Promise<boolean> {
  // As nobody: before the first firm there is nobody.
  const [row] = await services.system.read((tx) => tx.select({ firms: count() }).from(organisations));
  return (row?.firms ?? 0) === 0;
}
