import { join } from 'node:path';
import { documents } from './persistedDocuments.ts';

/** What the bundler knows of a module. */
interface ModuleGraph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

const source = (path: string): string => join(import.meta.dirname, '../src', path);
const candidatePages = [source('features/candidate/invitation/InvitationPage.tsx'), source('features/candidate/talk/TalkPage.tsx'), source('features/conversation/Thread.tsx')];

/** All modules that load together with these; what is imported late is left out. */
function loadedWith(roots: readonly string[], graph: ModuleGraph): Set<string> {
  const found = new Set<string>();
  const walk = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    graph.getModuleInfo(id)?.importedIds.forEach(walk);
  };
  roots.forEach(walk);
  return found;
}

/**
 * Makes the function that names a module's chunk. Left alone, the bundler cuts a file for each part that two pages share:
 * two dozen tiny ones on a candidate's way, and each begins its compression anew. So `base` is what every page begins
 * with and what a candidate's pages need of ours, the messages included, which recruiters see as well; `candidate` is those
 * pages themselves; the rest is cut where it is imported late.
 */
export function makeChunkNames(): (id: string, graph: ModuleGraph) => string | null {
  let candidate: Set<string> | undefined;
  let base: Set<string> | undefined;
  return (id, graph) => {
    candidate ??= loadedWith(candidatePages, graph);
    base ??= loadedWith([source('main.tsx')], graph);
    if (id.startsWith(source('features/candidate/'))) return candidate.has(id) ? 'candidate' : null;
    return base.has(id) || candidate.has(id) ? 'base' : null;
  };
}

/**
 * The same for the worker. Its core opens what is here and queues what is written; whatever of ours it loads later, it
 * loads as soon as there is a network: `online` brings all of that in one request instead of a chain of them. The vault and
 * Matrix stay files of their own.
 */
export function makeWorkerChunkNames(): (id: string, graph: ModuleGraph) => string | null {
  const ours = [source('session/'), source('platform/'), documents, join(import.meta.dirname, '../../../packages/messaging/src/')];
  let core: Set<string> | undefined;
  return (id, graph) => {
    core ??= loadedWith([source('worker.ts')], graph);
    return core.has(id) || id.includes('/src/matrix/') || !ours.some((place) => id.startsWith(place)) ? null : 'online';
  };
}
