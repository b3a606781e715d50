import { BatonError, isBatonError, isId } from '@baton/base';
import { createSignal, type Accessor } from 'solid-js';
import type { KeptHandOver, VaultCommands } from '../../session/contract.ts';

/** What was decided: which projects go from whom to whom, and with what words. */
export type Order = KeptHandOver;

export type StepState = 'waiting' | 'running' | 'reconnecting' | 'done' | 'planned' | 'refused';

/** One project of a run. */
export interface Step {
  project: { id: string; name: string };
  state: StepState;
  /** Why it was refused. */
  failure?: unknown;
  /** Sessions of its threads whose keys are in nobody's vault yet: so much the successor can't read so far. */
  missing?: number;
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
  vault: Pick<VaultCommands, 'beginInstead' | 'handOver' | 'planHandOver' | 'project'>;
  /** What goes to whom; what `isDone` was before the page was closed. */
  order: Order;
  /** Leaves the brief for the successor of a project, as message `mid`. */
  tell(project: { id: string; mid: string }, from: string): Promise<void>;
  /** How many sessions of a project nobody has deposited, as far as the viewer may still know. */
  missingKeys(projectId: string): Promise<number>;
  /** Keeps what is still to be done, so that it goes on after a reload; null: nothing. */
  keep(order: Order | null): void;
  /** Waits before the given retry, from 1, of a step whose connection broke. */
  pause(retry: number): Promise<void>;
}

/** Nothing was decided: the same is asked again, which changes nothing where the answer alone was lost. */
const broken = new Set(['OFFLINE', 'SERVER_UNREACHABLE', 'MATRIX_UNAVAILABLE', 'THROTTLED', 'INTERNAL', 'CONFLICT', 'CERTIFICATE_REQUIRED']);
const wrongWords = new Set(['RECOVERY_WORD_UNKNOWN', 'RECOVERY_CODE_INCOMPLETE', 'RECOVERY_CODE_WRONG', 'WRONG_ROOT', 'KIT_PARTS_WRONG']);
/** An error of the server itself may stay: this often it is asked again, as long as there is a connection. */
const patience = 8;

/** Nothing is left to be done for it here. */
const isSettled = (state: StepState): boolean => state === 'done' || state === 'planned';

/** Begins at once. The firm's words stay in this closure, and only until the run is over. */
export function startHandOver({ vault, order, tell, missingKeys, keep, pause }: Options): HandOverRun {
  const to = order.to.id;
  const [steps, setSteps] = createSignal<readonly Step[]>(order.projects.map(({ id, name, isDone }) => ({ project: { id, name }, state: isDone ? 'done' : 'waiting' })));
  const [isOver, setIsOver] = createSignal(false);
  const [kitWanted, setKitWanted] = createSignal<{ problem: unknown; tried: boolean }>();
  let kit: string | undefined;
  let hasNoKit = false;
  let stopped = false;
  let answerKit = (_words: string | undefined): void => {};

  const set = (id: string, state: StepState, failure?: unknown): void => {
    setSteps((now) => now.map((step) => (step.project.id === id ? { project: step.project, state, ...(failure === undefined ? {} : { failure }) } : step)));
    if (isSettled(state)) keepRest();
  };
  const keepRest = (): void => keep({ ...order, projects: order.projects.map((project) => ({ ...project, isDone: steps().some((step) => step.project.id === project.id && isSettled(step.state)) })) });

  const askForKit = async (problem: unknown): Promise<boolean> => {
    const answer = new Promise<string | undefined>((resolve) => (answerKit = resolve));
    setKitWanted({ problem, tried: false });
    kit = await answer;
    hasNoKit = kit === undefined;
    setKitWanted(kit === undefined ? undefined : { problem: null, tried: true });
    return kit !== undefined;
  };

  const told = new Set<string>();
  /** Before it is handed over: a predecessor who does that can't write there any more. */
  const leaveBrief = async (projectId: string, holder: string): Promise<void> => {
    const project = order.projects.find(({ id }) => id === projectId);
    if (!project || told.has(projectId)) return;
    await tell(project, holder);
    told.add(projectId);
  };

  /** What the signed log says afterwards counts, not that nobody complained: a project without a log takes no line. */
  const handOver = async (projectId: string, words: string | undefined): Promise<'done' | 'planned'> => {
    const kitOf = words === undefined ? {} : { kit: words };
    const from = await vault.beginInstead(projectId, order.from.id);
    if (isId('invitation', to)) {
      // A project that the viewer had to begin is with them already.
      if (order.through !== null && order.through !== from) await vault.handOver({ projectId, from, to: order.through, ...kitOf });
      return plan(projectId, order.through ?? from);
    }
    await leaveBrief(projectId, from);
    try {
      await vault.handOver({ projectId, from, to, ...kitOf });
    } catch (error) {
      // They have an account, and no device of theirs has come into the firm's log yet.
      if (words === undefined && isBatonError(error, 'UNKNOWN_MEMBER')) return plan(projectId, from);
      throw error;
    }
    if (!(await hasLog(projectId))) throw new BatonError('VAULT_MISSING');
    return 'done';
  };
  /** Who has handed over their own project does not see it any more. */
  const hasLog = (projectId: string): Promise<boolean> =>
    vault.project(projectId).then(
      (log) => log !== null,
      (error: unknown) => isBatonError(error, 'NOT_FOUND') || Promise.reject(error),
    );
  const plan = async (projectId: string, holder: string): Promise<'planned'> => {
    await leaveBrief(projectId, holder);
    await vault.planHandOver({ projectId, from: holder, to });
    return 'planned';
  };

  /** Said, and waited for by nothing: it changes nothing of the handover. */
  const lookForGaps = async (id: string): Promise<void> => {
    const missing = await missingKeys(id).catch(() => 0);
    if (missing > 0) setSteps((now) => now.map((step) => (step.project.id === id ? { ...step, missing } : step)));
  };

  const carryOut = async (id: string): Promise<void> => {
    // What the viewer's own key opens is not done in the name of the firm's root.
    let needsKit = false;
    for (let retries = 0; !stopped; ) {
      set(id, 'running');
      try {
        const state = await handOver(id, needsKit ? kit : undefined);
        setKitWanted(undefined);
        set(id, state);
        return lookForGaps(id);
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
    keepRest();
    hasNoKit = false;
    for (const { project, state } of steps()) if (state === 'waiting' && !stopped) await carryOut(project.id);
    kit = undefined;
    // Stopped is not over: the session has ended, or the page goes.
    if (!stopped) keep(null);
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
