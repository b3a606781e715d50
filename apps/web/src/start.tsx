import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { ClientContext } from './platform/client/clientContext.ts';
import type { BatonClient } from './session/contract.ts';
import './ui/tokens/tokens.css';
import './ui/tokens/reset.css';

/** Makes the page ready to open without a network: at first what it has used, and once messages are open what they run on. */
function prepareForOffline(client: BatonClient): void {
  const offline = () => import('./platform/offline/register.ts');
  const failed = (error: unknown): void => console.warn('offline use is not available', error);
  let kept: string | undefined;
  const follow = (): void => {
    const status = client.status.current();
    if (status.phase !== 'signed-in' || status.messaging !== 'ready' || kept === status.viewer.kind) return;
    const kind = (kept = status.viewer.kind);
    void offline()
      .then(({ keepFiles, loadNewVersionUnseen }) => {
        // Colleagues are asked (Shell).
        if (kind === 'candidate') loadNewVersionUnseen();
        return keepFiles(kind === 'member' ? 'everything' : 'messaging');
      })
      .catch(failed);
  };
  setTimeout(() => {
    void offline().then(({ registerOffline }) => registerOffline()).catch(failed);
    client.status.subscribe(follow);
    follow();
  }, 2000);
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
