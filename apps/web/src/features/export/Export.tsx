import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';
import { useClient } from '../../platform/client/clientContext.ts';
import { request } from '../../platform/graphql/request.ts';
import { untilBack } from '../../platform/offline/untilBack.ts';
import { askBeforeLeaving } from '../../platform/page/askBeforeLeaving.ts';
import { locale } from '../../platform/preferences/preferences.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import verifier from './archive/verify.mjs?raw';
import { t } from './export.messages.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { startExport, type ExportRun } from './exportRun.ts';
import { ProgressDialog } from './ProgressDialog.tsx';
import { saveFile } from './saveFile.ts';
import { exportWish, forgetExportWish, type ExportWish } from './wish.ts';

/**
 * Carries out what pages wish for with `askToExport`. It lives as long as somebody is signed in, so that an export goes on while
 * its dialog is closed and on other pages; leaving the site meanwhile is asked about.
 */
export function Export(): JSX.Element {
  const client = useClient();
  const [work, setWork] = createSignal<{ wish: ExportWish; run: ExportRun }>();
  const [watched, setWatched] = createSignal(true);
  const isOver = (): boolean => ['done', 'failed'].includes(work()?.run.state() ?? 'done');

  const begin = (wish: ExportWish): void => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setWork({ wish, run: startExport({ client, request, projectId: wish.projectId, locale: locale.value(), zone, verifier, pause: untilBack, now: Date.now }) });
    setWatched(true);
  };
  const forget = (): void => {
    work()?.run.stop();
    setWork();
    forgetExportWish();
  };
  const close = (): void => void (isOver() ? forget() : setWatched(false));
  // Whoever asks for another one is shown what is under way.
  createEffect(on(exportWish, (wish) => wish && setWatched(true)));
  createEffect(
    on(isOver, (over) => {
      const now = work();
      if (!now || !over) return;
      const result = now.run.result();
      if (now.run.state() === 'done' && result) saveFile(result.archive, result.file);
      const said = now.run.state() === 'done' && result ? t('run.saved', result.file) : t('run.failed');
      if (!watched()) showToast(said, { action: { label: t('run.show'), onAction: () => void setWatched(true) } });
    }),
  );
  askBeforeLeaving(() => !isOver());
  onCleanup(() => forget());

  return (
    <Show when={work()} fallback={<Show when={exportWish()}>{(wish) => <ExportDialog wish={wish()} onExport={() => begin(wish())} onClose={close} />}</Show>}>
      {(now) => <ProgressDialog open={watched()} name={now().wish.name} run={now().run} onClose={close} onStop={forget} />}
    </Show>
  );
}
