import { dismissToast, showToast } from '../../../ui/toast/toasts.ts';
import { later as t } from '../later.messages.ts';

const regretMs = 6_000;

/**
 * Leaves some seconds after one said so, and not at all when one takes it back in time. `done` hears how it ended. What is
 * returned leaves at once: who closes the page meant what they said.
 */
export function leaveLater(leave: () => Promise<void>, done: () => void): () => void {
  let settled = false;
  const settle = (): boolean => {
    if (settled) return false;
    settled = true;
    clearTimeout(timer);
    dismissToast(toast);
    removeEventListener('pagehide', act);
    return true;
  };
  const act = (): void => {
    if (!settle()) return;
    leave()
      .catch(() => showToast(t('leaving.failed'), { tone: 'bad' }))
      .finally(done);
  };
  const takeBack = (): void => {
    if (settle()) done();
  };
  const timer = setTimeout(act, regretMs);
  const toast = showToast(t('leaving.leaving'), { for: regretMs, action: { label: t('leaving.undo'), onAction: takeBack } });
  addEventListener('pagehide', act);
  return act;
}
