import type { BatonClient } from './contract.ts';
import type { ClientDependencies } from './client/dependencies.ts';

/**
 * The page comes first: the worker that does this is loaded when the page is there. Whoever is on an entrance page and still reads or types will need the vault and the cryptography next: they are fetched
 * and compiled meanwhile. Not for those who asked their browser to spare data. A failure changes nothing, they are
 * loaded again when they are needed.
 */
export function loadAhead(client: Pick<BatonClient, 'status'>, { loadVault, loadMatrix }: Pick<ClientDependencies, 'loadVault' | 'loadMatrix'>): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (client.status.current().phase !== 'signed-out' || connection?.saveData === true) return;
  const load = () => Promise.all([loadMatrix().then((matrix) => matrix.preload()), loadVault().then((vault) => vault.ready())]);
  void load().catch(() => {});
}
