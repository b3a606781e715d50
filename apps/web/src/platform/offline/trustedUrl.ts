interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

/** Scripts that a page may start as workers: files of our own build, nothing else. */
function ownScript(url: string): string {
  const resolved = new URL(url, location.href);
  if (resolved.origin !== location.origin) throw new TypeError(`not a script of ours: ${url}`);
  return resolved.href;
}

const trustedTypes = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy } }).trustedTypes;
const policy: ScriptUrlPolicy = trustedTypes?.createPolicy('own-workers', { createScriptURL: ownScript }) ?? { createScriptURL: ownScript };

/**
 * An address to start a worker from, under `require-trusted-types-for 'script'`:
 * `import url from './worker.ts?worker&url'; new Worker(trustedScriptUrl(url), { type: 'module' })`.
 * Errors: TypeError for an address on another origin.
 */
export function trustedScriptUrl(url: string): string {
  return policy.createScriptURL(url);
}
