import { createSignal, type Accessor } from 'solid-js';
import type { KeepMessage } from './service-worker/policy.ts';
import { trustedScriptUrl } from './trustedUrl.ts';

const [waiting, setWaiting] = createSignal<ServiceWorker | null>(null);

/** Whether a newer build is ready. Tabs run on with theirs until `loadNewVersion`, or until all are closed. */
export const newVersionReady: Accessor<boolean> = () => waiting() !== null;

/** Goes over to the newer build: this tab loads anew, others keep running and find their old files in the cache. */
export function loadNewVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting()?.postMessage({ type: 'take-over' });
}

/** Loads this tab anew, going over to the newer build if one is ready: the old one's files may be gone from the server. */
export function reloadPage(): void {
  if (newVersionReady()) loadNewVersion();
  else location.reload();
}

/** For pages that show no notice of a newer build: goes over to it when nobody looks. What was typed is kept. */
export function loadNewVersionUnseen(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && newVersionReady()) loadNewVersion();
  });
}

/** Whether this page's build has a service worker; a development server has none. */
const possible = import.meta.env.PROD && 'serviceWorker' in navigator;

/** Lets the page open without a network, from its next visit on. Once per page, when it has nothing more urgent to do. */
export async function registerOffline(): Promise<void> {
  if (!possible) return;
  const registration = await navigator.serviceWorker.register(trustedScriptUrl('/service-worker.js'), { updateViaCache: 'none' });
  const watch = (worker: ServiceWorker | null): void => {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) setWaiting(worker);
    });
  };
  if (registration.waiting && navigator.serviceWorker.controller) setWaiting(registration.waiting);
  watch(registration.installing);
  registration.addEventListener('updatefound', () => watch(registration.installing));
  setInterval(() => void registration.update().catch(() => {}), 60 * 60_000);
  await keepFiles('used');
}

/**
 * Keeps files of this build for later: what this page has `used`, what messaging runs on besides (`messaging`), or
 * `everything`, for people who work here all day.
 */
export async function keepFiles(which: 'used' | 'messaging' | 'everything'): Promise<void> {
  if (!possible) return;
  const { active } = await navigator.serviceWorker.ready;
  const used = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname);
  active?.postMessage({ type: 'keep', which, used: used.filter((path) => path.startsWith('/assets/')) } satisfies KeepMessage);
}
