import type { KitCommands } from '../contract.ts';
import type { ClientState } from './clientState.ts';
import type { Vault } from './dependencies.ts';

/** The commands on the firm's recovery kit. It is held to the firm that this account belongs to. */
export function makeKitCommands(state: ClientState): KitCommands {
  const opened = async (): Promise<{ vault: Vault; root: string }> => {
    const { secrets } = await state.session().account();
    return { vault: await state.deps.loadVault(), root: secrets.root };
  };

  return {
    read: async (typed) => {
      const { vault, root } = await opened();
      const { problem, ...reading } = await vault.readFirmKit(typed, root);
      return { ...reading, problem: problem && { code: problem.code, details: problem.details } };
    },
    split: async (typed) => {
      const { vault, root } = await opened();
      return { ...(await vault.splitFirmKit(typed, root)), fingerprint: vault.shortFingerprint(root) };
    },
  };
}
