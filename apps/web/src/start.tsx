import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { ClientContext } from './platform/client/clientContext.ts';
import type { BatonClient } from './session/contract.ts';
import './ui/tokens/tokens.css';
import './ui/tokens/reset.css';

/** How long after a page, or its messages, have become ready something less urgent may begin, in milliseconds: people write first. */
const calmMs = 3000;

/** Makes the page ready to open without a network: at first what it has used, and once messages are open what they run on. */
function prepareForOffline(client: BatonClient): void {
  const offline = () => import('./platform/offline/register.ts');
  const failed = (error: unknown): void => console.warn('offline use is not available', error);
  let kept: 'member' | 'candidate' | undefined;
  let registered: Promise<void> | undefined;
  const register = (): Promise<void> => (registered ??= offline().then(({ registerOffline }) => registerOffline()));
  const keep = async (kind: 'member' | 'candidate'): Promise<void> => {
    await register();
    const { keepFiles, loadNewVersionUnseen } = await offline();
    // Colleagues are asked (Shell).
    if (kind === 'candidate') loadNewVersionUnseen();
    await keepFiles(kind === 'member' ? 'everything' : 'messaging');
  };
  const prepare = (): void => {
    const status = client.status.current();
    // Somebody is just coming in: nothing may stand in their way.
    if (status.phase === 'loading' || (status.phase === 'signed-in' && status.messaging === 'starting')) return;
    if (status.phase !== 'signed-in' || status.messaging !== 'ready') return void register().catch(failed);
    if (kept === status.viewer.kind) return;
    kept = status.viewer.kind;
    void keep(kept).catch(failed);
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const whenCalm = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(prepare, calmMs);
  };
  client.status.subscribe(whenCalm);
  whenCalm();
}

/** What follows the # of a link is its secret: who pastes the whole link over an incomplete one opens another link. */
function reopenCorrectedLinks(): void {
  addEventListener('hashchange', () => {
    if (/^\/(c|join)\//.test(location.pathname)) location.reload();
  });
}

/** Renders the pages over a client. */
export function start(client: BatonClient): void {
  const place = document.getElementById('app');
  if (!place) throw new Error('index.html has no #app');
  reopenCorrectedLinks();
  render(
    () => (
      <ClientContext.Provider value={client}>
        <App />
      </ClientContext.Provider>
    ),
    place,
  );
  prepareForOffline(client);
}
