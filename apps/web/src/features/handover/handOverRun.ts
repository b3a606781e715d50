import { BatonError, isBatonError } from '@baton/base';
import { createSignal, type Accessor } from 'solid-js';
import type { VaultCommands } from '../../session/contract.ts';

export type StepState = 'waiting' | 'running' | 'reconnecting' | 'done' | 'refused';

/** One project of a run. */
export interface Step {
  project: { id: string; name: string };
  state: StepState;
  /** Why it was refused. */
  failure?: unknown;
}

/** Projects on their way from one colleague to another, whether or not anybody watches. */
export interface HandOverRun {
  steps: Accessor<readonly Step[]>;
  isOver: Accessor<boolean>;
  /** The firm's recovery words are needed to go on, or are `tried` right now; `problem` is what was wrong with those just typed. */
  kitWanted: Accessor<{ problem: unknown; tried: boolean } | undefined>;
  giveKit(words: string): void;
  /** The words are not at hand: projects that need them are refused. */
  goOnWithoutKit(): void;
  /** Once more for the refused ones. */
  retry(): void;
  /** Begins nothing further and forgets the words. */
  stop(): void;
}

interface Options {
  vault: Pick<VaultCommands, 'begin' | 'handOver' | 'project'>;
  projects: readonly { id: string; name: string }[];
  from: string;
  to: string;
  /** Waits before the given retry, from 1, of a step whose connection broke. */
  pause(retry: number): Promise<void>;
}

/** Nothing was decided: the same is asked again, which changes nothing where the answer alone was lost. */
const broken = new Set(['OFFLINE', 'SERVER_UNREACHABLE', 'MATRIX_UNAVAILABLE', 'THROTTLED', 'INTERNAL', 'CONFLICT', 'CERTIFICATE_REQUIRED']);
const wrongWords = new Set(['RECOVERY_WORD_UNKNOWN', 'RECOVERY_CODE_INCOMPLETE', 'RECOVERY_CODE_WRONG', 'WRONG_ROOT']);
/** An error of the server itself may stay: this often it is asked again, as long as there is a connection. */
const patience = 8;

/** Begins at once. The firm's words stay in this closure, and only until the run is over. */
export function startHandOver({ vault, projects, from, to, pause }: Options): HandOverRun {
  const [steps, setSteps] = createSignal<readonly Step[]>(projects.map((project) => ({ project, state: 'waiting' })));
  const [isOver, setIsOver] = createSignal(false);
  const [kitWanted, setKitWanted] = createSignal<{ problem: unknown; tried: boolean }>();
  let kit: string | undefined;
  let hasNoKit = false;
  let stopped = false;
  let answerKit = (_words: string | undefined): void => {};

  const set = (id: string, state: StepState, failure?: unknown): void =>
    void setSteps((now) => now.map((step) => (step.project.id === id ? { project: step.project, state, ...(failure === undefined ? {} : { failure }) } : step)));

  const askForKit = async (problem: unknown): Promise<boolean> => {
    const answer = new Promise<string | undefined>((resolve) => (answerKit = resolve));
    setKitWanted({ problem, tried: false });
    kit = await answer;
    hasNoKit = kit === undefined;
    setKitWanted(kit === undefined ? undefined : { problem: null, tried: true });
    return kit !== undefined;
  };

  /** What the signed log says afterwards counts, not that nobody complained: a project without a log takes no line. */
  const handOver = async (projectId: string, words: string | undefined): Promise<void> => {
    await vault.begin(projectId);
    await vault.handOver({ projectId, from, to, ...(words === undefined ? {} : { kit: words }) });
    if ((await vault.project(projectId)) === null) throw new BatonError('VAULT_MISSING');
  };

  const carryOut = async (id: string): Promise<void> => {
    // What the viewer's own key opens is not done in the name of the firm's root.
    let needsKit = false;
    for (let retries = 0; !stopped; ) {
      set(id, 'running');
      try {
        await handOver(id, needsKit ? kit : undefined);
        setKitWanted(undefined);
        return set(id, 'done');
      } catch (error) {
        const code = isBatonError(error) ? error.code : '';
        if (!wrongWords.has(code)) setKitWanted(undefined);
        if (code === 'EPOCH_CLOSED' && !needsKit && !hasNoKit) {
          needsKit = true;
          if (kit !== undefined || (await askForKit(null))) continue;
        } else if (wrongWords.has(code)) {
          if (await askForKit(error)) continue;
        } else if (broken.has(code) && (code === 'OFFLINE' || retries < patience)) {
          set(id, 'reconnecting');
          await pause(++retries);
          continue;
        }
        return set(id, 'refused', needsKit && hasNoKit ? new BatonError('EPOCH_CLOSED') : error);
      }
    }
  };

  const run = async (): Promise<void> => {
    setIsOver(false);
    hasNoKit = false;
    for (const { project, state } of steps()) if (state === 'waiting' && !stopped) await carryOut(project.id);
    kit = undefined;
    setIsOver(true);
  };
  void run();

  return {
    steps, isOver, kitWanted,
    giveKit: (words) => answerKit(words),
    goOnWithoutKit: () => answerKit(undefined),
    retry: () => {
      if (!isOver()) return;
      setSteps((now) => now.map((step) => (step.state === 'refused' ? { project: step.project, state: 'waiting' } : step)));
      void run();
    },
    stop: () => {
      stopped = true;
      kit = undefined;
      answerKit(undefined);
    },
  };
}
