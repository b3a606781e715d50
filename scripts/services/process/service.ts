import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLog, lastLines } from './log.ts';
import { forgetProcess, recordProcess } from './record.ts';
import { identify } from './identity.ts';
import { killProcess, stopProcess } from './stopProcess.ts';

/** How to run one long-living program. */
export interface ServiceSpec {
  /** As people call it: it stands in messages. */
  name: string;
  command: string;
  args: readonly string[];
  /** Working folder; it must exist. */
  folder: string;
  env: Readonly<Record<string, string>>;
  /** Unprivileged user to run as; null: the one who runs us. */
  user: { uid: number; gid: number } | null;
  logFile: string;
  /** Where its pid is noted for a later start. */
  recordFile: string;
  /** Asked until it says yes. */
  isReady(): Promise<boolean>;
  /** Milliseconds it may take to be ready. */
  readyWithin: number;
  stopSignal: NodeJS.Signals;
  /** Milliseconds it may take to stop before it is ended by force. */
  stopWithin: number;
}

/** One program that can be started, stopped, killed and started again. */
export interface Service {
  readonly name: string;
  readonly logFile: string;
  /** Of the running process; null while there is none. */
  pid(): number | null;
  /** Starts it and waits until it is ready. @throws ServiceFailure */
  start(): Promise<void>;
  /** Asks it to end, waits, and insists after a while. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would do it; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Called when it ends without having been asked to. Returns how to stop listening. */
  onCrash(listener: () => void): () => void;
}

/** A program that did not come up. `lastWords` is the end of its log. */
export class ServiceFailure extends Error {
  readonly service: string;
  readonly logFile: string;
  readonly lastWords: string;
  constructor(service: string, logFile: string, reason: string, lastWords: string) {
    super(`${service} ${reason}; its log is ${logFile}${lastWords ? ` and ends with:\n${lastWords}` : '.'}`);
    this.name = 'ServiceFailure';
    this.service = service;
    this.logFile = logFile;
    this.lastWords = lastWords;
  }
}

/** Makes a service out of its description; nothing runs before `start()`. */
export function createService(spec: ServiceSpec): Service {
  let child: ChildProcess | null = null;
  let ending = false;
  const crashListeners = new Set<() => void>();

  /** A group of its own (`detached`): Ctrl-C reaches us alone, and we stop things in their order. */
  async function launch(): Promise<ChildProcess> {
    mkdirSync(spec.folder, { recursive: true });
    const log = openLog(spec.logFile);
    try {
      const launched = spawn(spec.command, spec.args, {
        cwd: spec.folder,
        env: spec.env,
        detached: true,
        stdio: ['ignore', log, log],
        ...(spec.user ?? {}),
      });
      await new Promise<void>((resolve, reject) => {
        launched.once('spawn', resolve);
        launched.once('error', reject);
      });
      if (launched.pid !== undefined) recordProcess(spec.recordFile, launched.pid);
      launched.once('exit', () => {
        if (child !== launched) return;
        child = null;
        forgetProcess(spec.recordFile);
        if (!ending) for (const listener of crashListeners) listener();
      });
      return launched;
    } finally {
      closeSync(log);
    }
  }

  async function waitForReadiness(launched: ChildProcess): Promise<void> {
    const end = performance.now() + spec.readyWithin;
    while (child === launched && performance.now() < end) {
      if (await spec.isReady()) return;
      await sleep(25);
    }
    if (ending) return;
    const reason = child === launched ? `was not ready after ${Math.round(spec.readyWithin / 1000)} s` : 'ended while it was starting';
    const failure = new ServiceFailure(spec.name, spec.logFile, reason, lastLines(spec.logFile, 3));
    await stop();
    throw failure;
  }

  async function stop(): Promise<void> {
    ending = true;
    const identity = child?.pid === undefined ? null : identify(child.pid);
    if (identity) await stopProcess(identity, spec.stopSignal, spec.stopWithin);
    child = null;
    forgetProcess(spec.recordFile);
  }

  return {
    name: spec.name,
    logFile: spec.logFile,
    pid: () => child?.pid ?? null,
    async start() {
      if (child) return;
      ending = false;
      child = await launch();
      await waitForReadiness(child);
    },
    stop,
    async kill() {
      ending = true;
      if (child?.pid !== undefined) await killProcess(child.pid);
      child = null;
      forgetProcess(spec.recordFile);
    },
    onCrash(listener) {
      crashListeners.add(listener);
      return () => crashListeners.delete(listener);
    },
  };
}
