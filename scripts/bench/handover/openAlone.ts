import { readDeposits, type DepositAnswer } from '@baton/vault';
import { openVaultAs } from '../../headless/openVault.ts';

const pageSize = 500;

/** Milliseconds for opening and verifying all deposits of a project one after the other, when they and the log are here already. */
export async function openAlone(origin: string, credentials: { email: string; password: string }, project: string): Promise<{ milliseconds: number; deposits: number }> {
  const { account, trust, server, vault } = await openVaultAs(origin, credentials, project);
  const deposits: DepositAnswer[] = [];
  for (let page = await server.deposits(project, 0, pageSize); page.length > 0; page = await server.deposits(project, deposits.at(-1)?.number ?? 0, pageSize)) deposits.push(...page);
  const openAll = async () => await readDeposits({ account, trust, senderOf: () => undefined }, vault, deposits);
  // Certificates of candidates are asked for in the first round.
  await openAll();
  const began = performance.now();
  const { refused } = await openAll();
  const milliseconds = performance.now() - began;
  if (refused.length > 0) throw new Error(`${refused.length} deposits were refused`);
  return { milliseconds, deposits: deposits.length };
}
