import type { BatonClient } from './contract.ts';
import type { ClientDependencies } from './client/dependencies.ts';

interface Ahead extends Pick<ClientDependencies, 'loadVault' | 'loadMatrix'> {
  /** Brings the WebAssembly of the cryptography into the browser's cache, before the code that asks for it has come itself. */
  fetchCryptography(): Promise<Response>;
}

/**
 * The page comes first: the worker that does this is loaded when the page is there. Whoever is on an entrance page and still reads
 * or types will need the vault and the cryptography next: they are fetched and compiled meanwhile. Not for those who asked their
 * browser to spare data. A failure changes nothing, they are loaded again when they are needed.
 */
export function loadAhead(client: Pick<BatonClient, 'status'>, { loadVault, loadMatrix, fetchCryptography }: Ahead): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (client.status.current().phase !== 'signed-out' || connection?.saveData === true) return;
  const load = () =>
    Promise.all([
      fetchCryptography().then((response) => response.arrayBuffer()),
      loadMatrix().then((matrix) => matrix.preload()),
      loadVault().then((vault) => vault.ready()),
    ]);
  void load().catch(() => {});
}
