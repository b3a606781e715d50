import Languages from 'lucide-solid/icons/languages';
import Keyboard from 'lucide-solid/icons/keyboard';
import LogOut from 'lucide-solid/icons/log-out';
import Monitor from 'lucide-solid/icons/monitor';
import Moon from 'lucide-solid/icons/moon';
import Sun from 'lucide-solid/icons/sun';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { useNavigate } from '@solidjs/router';
import { QueryClientProvider } from '@tanstack/solid-query';
import { createMemo, createSignal, For, onCleanup, onMount, Show, Suspense, type JSX } from 'solid-js';
import { createActions, createKeyboard, type Action } from '../../platform/actions/actions.ts';
import { useClient, useStatus } from '../../platform/client/clientContext.ts';
import { createConnectionLost } from '../../platform/client/connectionLost.ts';
import { loadAllErrors, sentenceFor } from '../../platform/errors/errorText.ts';
import { followChanges } from '../../platform/graphql/changes.ts';
import { makeQueryClient, queryKeys } from '../../platform/graphql/queries.ts';
import { loadNewVersion, newVersionReady } from '../../platform/offline/register.ts';
import { locale, theme } from '../../platform/preferences/preferences.ts';
import { fromSubscribable } from '../../platform/subscribable/fromSubscribable.ts';
import type { ViewerSummary } from '../../session/contract.ts';
import '../../ui/tokens/fonts.css';
import { Banner } from '../../ui/banner/Banner.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { Link } from '../../ui/link/Link.tsx';
import { Sheet } from '../../ui/sheet/Sheet.tsx';
import { CommandMenu } from './CommandMenu.tsx';
import { findThings } from './findThings.ts';
import { BottomBar, mainPlaces, otherPlaces, Rail } from './Rail.tsx';
import { SessionEnded } from './SessionEnded.tsx';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { t } from './shell.messages.ts';
import styles from './shell.module.css';

/** The frame around a recruiter's pages: where to go, what can be done, and how things stand. */
export function Shell(props: { viewer: ViewerSummary; children?: JSX.Element }): JSX.Element {
  const client = useClient();
  const status = useStatus();
  const navigate = useNavigate();
  const queries = makeQueryClient();
  const rooms = fromSubscribable(client.messaging.rooms);
  const connectionLost = createConnectionLost();
  const unread = createMemo(() => rooms().reduce((sum, room) => sum + room.unreadCount, 0));
  const [commands, setCommands] = createSignal(false);
  const [help, setHelp] = createSignal(false);
  const [more, setMore] = createSignal(false);
  let main!: HTMLElement;

  const signOut = (): void => {
    void client.account.signOut().finally(() => queries.clear());
  };

  createKeyboard();
  createActions((): Action[] => [
    ...[...mainPlaces, ...otherPlaces].map((place): Action => ({
      id: `go ${place.href}`, label: place.label(), group: t('group.go'), icon: place.icon, keys: place.keys, act: () => navigate(place.href),
    })),
    { id: 'commands', label: t('action.commands'), group: t('group.general'), keys: 'Mod+k', inMenu: false, act: () => setCommands(true) },
    { id: 'shortcuts', label: t('action.shortcuts'), group: t('group.general'), icon: Keyboard, keys: '?', act: () => setHelp(true) },
    { id: 'sign out', label: t('signOut'), group: t('group.general'), icon: LogOut, act: signOut },
    { id: 'theme light', label: t('action.light'), group: t('group.appearance'), icon: Sun, act: () => theme.set('light') },
    { id: 'theme dark', label: t('action.dark'), group: t('group.appearance'), icon: Moon, act: () => theme.set('dark') },
    { id: 'theme system', label: t('action.system'), group: t('group.appearance'), icon: Monitor, act: () => theme.set('system') },
    { id: 'language', label: t('action.otherLanguage'), group: t('group.appearance'), icon: Languages, keywords: 'language 语言', act: () => locale.set(locale.value() === 'en' ? 'zh-CN' : 'en') },
  ]);

  onMount(() => {
    let gone = false;
    let stop: (() => void) | undefined;
    // After the first paint: neither the hints nor rare sentences may hold the page up.
    const timer = setTimeout(() => {
      void loadAllErrors();
      const listener = {
        conversations: () => void client.conversations.refresh().catch(() => {}),
        members: () => void client.vault.carryOutPlans().catch(() => {}),
        vault: (projectId: string | null) => void client.vault.changed(projectId).then(() => queries.invalidateQueries({ queryKey: [queryKeys.takenOver] })).catch(() => {}),
      };
      void followChanges(queries, listener).then((end) => (gone ? end() : (stop = end)));
    }, 1000);
    onCleanup(() => {
      gone = true;
      clearTimeout(timer);
      stop?.();
    });
  });

  const failure = createMemo(() => {
    const now = status();
    return now.phase === 'signed-in' && now.messaging === 'failed' ? now.failure : undefined;
  });

  return (
    <QueryClientProvider client={queries}>
      <div class={styles['shell']}>
        <a class={styles['skip']} href="#content" onClick={(event) => (event.preventDefault(), main.focus())}>
          {t('skip')}
        </a>
        <div class={styles['notices']}>
          <Show when={connectionLost()}>
            <Banner tone="warn" icon={<WifiOff />}>
              {t('offline')}
            </Banner>
          </Show>
          <Show when={failure()}>
            {(reason) => (
              <Banner tone="bad" action={<Button size="small" onClick={() => location.reload()}>{t('reload')}</Button>}>
                {t('messagingFailed')} {sentenceFor(reason().code)}
              </Banner>
            )}
          </Show>
          <Show when={newVersionReady()}>
            <Banner action={<Button size="small" onClick={loadNewVersion}>{t('load')}</Button>}>{t('newVersion')}</Banner>
          </Show>
        </div>
        <Rail viewer={props.viewer} unread={unread()} onCommands={() => setCommands(true)} onSignOut={signOut} />
        <main ref={main} id="content" class={styles['content']} tabindex="-1">
          <Suspense>{props.children}</Suspense>
        </main>
        <BottomBar unread={unread()} onMore={() => setMore(true)} />
      </div>
      <CommandMenu open={commands()} onClose={() => setCommands(false)} find={(typed) => findThings(typed, client.conversations.list.current(), navigate)} />
      <ShortcutHelp open={help()} onClose={() => setHelp(false)} />
      <Sheet open={more()} onClose={() => setMore(false)} title={props.viewer.name} description={props.viewer.firmName}>
        <div class={styles['more']}>
          <For each={otherPlaces}>
            {(place) => (
              <Link look="plain" class={styles['more-item'] ?? ''} href={place.href} onClick={() => setMore(false)}>
                <place.icon size={20} />
                {place.label()}
              </Link>
            )}
          </For>
          <button type="button" class={styles['more-item']} onClick={signOut}>
            <LogOut size={20} />
            {t('signOut')}
          </button>
        </div>
      </Sheet>
      <SessionEnded viewer={props.viewer} onBack={() => void queries.invalidateQueries()} />
    </QueryClientProvider>
  );
}
