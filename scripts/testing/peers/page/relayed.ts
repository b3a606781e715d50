import type { Side } from '../lossyRelay.ts';

/** Given by the program that opened the page: the port at which the other side reaches this one, which listens at `port`. */
declare function relayedPort(pair: string, side: Side, port: number): Promise<number>;

/**
 * The candidate that leads through the relay of a pair instead of straight here; null for those that can't be led there.
 * @param candidate as in `a=candidate`
 */
export async function relayed(pair: string, side: Side, candidate: string): Promise<string | null> {
  const [foundation, component, protocol, priority, address, port, ...rest] = candidate.split(' ');
  if (protocol?.toLowerCase() !== 'udp' || address !== '127.0.0.1') return null;
  return [foundation, component, protocol, priority, address, await relayedPort(pair, side, Number(port)), ...rest].join(' ');
}
