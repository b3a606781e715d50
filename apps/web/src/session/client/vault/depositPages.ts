import type { DepositAnswer } from '@baton/vault';
import type { VaultServer } from '../../server/vaultServer.ts';

type DepositSource = Pick<VaultServer, 'deposits'>;

/** What the API gives at once, at most. */
const pageSize = 500;
/** What a newcomer opens before anything else is fetched: a few conversations, an instant's work. */
export const atFirst = 60;
/** Deposits that are in memory at the same time: some megabytes. */
const mostAtOnce = 5_000;
/** The first lot is small, so that a first thread can be read while the rest is being opened; each next one is twice as large, up to this. */
const lotSizes = { first: 10, most: 200 };

/** Deposits after a number, in their order. `isLast` where there are no more. */
export async function fetchWindow(server: DepositSource, projectId: string, after: number): Promise<{ deposits: DepositAnswer[]; isLast: boolean }> {
  const deposits: DepositAnswer[] = [];
  while (deposits.length < mostAtOnce) {
    const page = await server.deposits(projectId, deposits.at(-1)?.number ?? after, pageSize);
    deposits.push(...page);
    if (page.length < pageSize) return { deposits, isLast: true };
  }
  return { deposits, isLast: false };
}

/** Deposits of these numbers once more. One that was replaced since has gone, and comes under its new number. */
export async function fetchAgain(server: DepositSource, projectId: string, numbers: readonly number[]): Promise<DepositAnswer[]> {
  const found: DepositAnswer[] = [];
  for (let left = numbers.toSorted((a, b) => a - b), next = left[0]; next !== undefined; next = left[0]) {
    const page = await server.deposits(projectId, next - 1, pageSize);
    found.push(...page.filter(({ number }) => left.includes(number)));
    const reached = page.length < pageSize ? Number.POSITIVE_INFINITY : (page.at(-1)?.number ?? next);
    left = left.filter((number) => number > reached);
  }
  return found;
}

/** Room by room, those with the newest deposits first: people look at the newest conversations first. No room stands in two lots. */
export function inLots(deposits: readonly DepositAnswer[]): DepositAnswer[][] {
  const newestOf = (room: readonly DepositAnswer[]): number => room.reduce((newest, { number }) => Math.max(newest, number), 0);
  const rooms = [...Map.groupBy(deposits, ({ roomId }) => roomId).values()].sort((a, b) => newestOf(b) - newestOf(a));
  const lots: DepositAnswer[][] = [];
  let size: number = lotSizes.most;
  for (const room of rooms) {
    const lot = lots.at(-1);
    if (lot !== undefined && lot.length < size) {
      lot.push(...room);
      continue;
    }
    size = lots.length === 0 ? lotSizes.first : Math.min(size * 2, lotSizes.most);
    lots.push([...room]);
  }
  return lots;
}
