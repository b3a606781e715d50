import { BatonError } from '@baton/base';
import type { DepositAnswer, DepositServer, ProjectServer } from '../flows/projectServer.ts';
import type { OrganisationState } from '../log/state.ts';
import { verifyNextProjectLine } from '../project/replay.ts';
import { currentEpoch, isInRoster, type ProjectState } from '../project/state.ts';
import type { ProjectLogStatement, Signed } from '../statements/statements.ts';

/** What one account may ask. */
export interface VaultServer extends ProjectServer, DepositServer {
  /** Deposits with `number > after`, oldest first. */
  deposits(project: string, after: number): Promise<DepositAnswer[]>;
}

/** The vault's part of an API in memory: verifies as the real one does. A test that wants a liar replaces single methods. */
export interface MemoryProjectServer {
  as(account: string): VaultServer;
}

/** @param organisation the organisation's log as the API has it */
export function makeMemoryProjectServer(organisation: () => Promise<OrganisationState>): MemoryProjectServer {
  let numbers = 0;
  const projects = new Map<string, { state: ProjectState; lines: Signed<ProjectLogStatement>[]; deposits: DepositAnswer[] }>();
  return {
    as: (account) => ({
      projectLog: async (project, after) => structuredClone(projects.get(project)?.lines.slice(after + 1) ?? []),
      appendProjectLog: async (line) => {
        const { project, prev, organisationLog } = line.statement;
        const stored = projects.get(project);
        const known = await organisation();
        if (prev !== (stored?.state.head ?? null) || organisationLog.length !== known.length) throw new BatonError('CONFLICT');
        const state = verifyNextProjectLine(stored?.state ?? null, line, known, { project, organisationSeen: known.length });
        projects.set(project, { state, lines: [...(stored?.lines ?? []), structuredClone(line)], deposits: stored?.deposits ?? [] });
      },
      depositSessions: async (project, given) => {
        const stored = projects.get(project);
        const isMember = Object.hasOwn((await organisation()).members, account);
        if (stored === undefined || (isMember && !isInRoster(stored.state, account))) throw new BatonError('NOT_FOUND');
        for (const { epoch } of given) if (epoch !== currentEpoch(stored.state).number) throw new BatonError('EPOCH_OUTDATED');
        for (const deposit of given) {
          // A depositor's second copy takes the place of the first.
          stored.deposits = stored.deposits.filter((one) => one.roomId !== deposit.roomId || one.sessionId !== deposit.sessionId || one.depositorId !== account);
          stored.deposits.push({ ...deposit, number: ++numbers, depositorId: account });
        }
      },
      deposits: async (project, after) => structuredClone(projects.get(project)?.deposits.filter(({ number }) => number > after) ?? []),
    }),
  };
}
