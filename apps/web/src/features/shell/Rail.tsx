import SquareKanban from 'lucide-solid/icons/square-kanban';
import Inbox from 'lucide-solid/icons/message-square';
import LogOut from 'lucide-solid/icons/log-out';
import Search from 'lucide-solid/icons/search';
import Settings from 'lucide-solid/icons/settings';
import Upload from 'lucide-solid/icons/upload';
import Building from 'lucide-solid/icons/building';
import Users from 'lucide-solid/icons/users';
import { A, useNavigate } from '@solidjs/router';
import { For, Show, type Component, type JSX } from 'solid-js';
import type { ViewerSummary } from '../../session/contract.ts';
import { Avatar } from '../../ui/avatar/Avatar.tsx';
import { IconButton } from '../../ui/icon-button/IconButton.tsx';
import { Logo } from '../../ui/logo/Logo.tsx';
import { Menu } from '../../ui/menu/Menu.tsx';
import { Tooltip } from '../../ui/tooltip/Tooltip.tsx';
import { visuallyHidden } from '../../ui/visually-hidden/visuallyHidden.ts';
import { t } from './shell.messages.ts';
import styles from './shell.module.css';

interface Place {
  href: string;
  label(): string;
  icon: Component<{ size?: number }>;
  keys: string;
}

/** The places that the rail and the phone's bar lead to, with their keys. */
export const mainPlaces: readonly Place[] = [
  { href: '/inbox', label: () => t('inbox'), icon: Inbox, keys: 'g i' },
  { href: '/projects', label: () => t('projects'), icon: SquareKanban, keys: 'g p' },
  { href: '/people', label: () => t('people'), icon: Users, keys: 'g a' },
];

/** Places of fewer visits. */
export const otherPlaces: readonly Place[] = [
  { href: '/import', label: () => t('imports'), icon: Upload, keys: 'g m' },
  { href: '/colleagues', label: () => t('colleagues'), icon: Building, keys: 'g c' },
  { href: '/settings', label: () => t('settings'), icon: Settings, keys: 'g s' },
];

function RailLink(props: { place: Place; unread?: number }): JSX.Element {
  return (
    <Tooltip text={props.place.label()} shortcut={props.place.keys}>
      {(trigger) => (
        <A
          {...trigger}
          href={props.place.href}
          class={styles['place']}
          activeClass={styles['here']}
          aria-label={props.unread ? `${props.place.label()}, ${t('unread', props.unread)}` : props.place.label()}
        >
          <props.place.icon size={19} />
          <Show when={props.unread}>
            <span class={styles['dot']} />
          </Show>
        </A>
      )}
    </Tooltip>
  );
}

/** Where one can go, on the left of a desk. */
export function Rail(props: { viewer: ViewerSummary; unread: number; onCommands(): void; onSignOut(): void }): JSX.Element {
  const navigate = useNavigate();
  return (
    <nav class={styles['rail']} aria-label={t('navigation')}>
      <span class={styles['logo']}>
        <Logo />
      </span>
      <For each={mainPlaces}>{(place) => <RailLink place={place} unread={place.href === '/inbox' ? props.unread : 0} />}</For>
      <IconButton class={styles['find'] ?? ''} label={t('search')} shortcut="Mod+k" onClick={() => props.onCommands()}>
        <Search size={19} />
      </IconButton>
      <span class={styles['gap']} />
      <RailLink place={otherPlaces[1]!} />
      <RailLink place={otherPlaces[2]!} />
      <Menu
        placement="right-end"
        trigger={(trigger) => (
          <button {...trigger} type="button" class={styles['me']}>
            <Avatar name={props.viewer.name} id={props.viewer.accountId} size={30} />
            <span class={visuallyHidden}>{t('you', props.viewer.name)}</span>
          </button>
        )}
        entries={[
          { kind: 'heading', label: `${props.viewer.name} · ${props.viewer.firmName}` },
          { label: t('imports'), icon: <Upload />, onSelect: () => navigate('/import') },
          { label: t('settings'), icon: <Settings />, shortcut: 'g s', onSelect: () => navigate('/settings') },
          { kind: 'separator' },
          { label: t('signOut'), icon: <LogOut />, onSelect: () => props.onSignOut() },
        ]}
      />
    </nav>
  );
}

/** The same at the lower edge of a phone. */
export function BottomBar(props: { unread: number; onMore(): void }): JSX.Element {
  return (
    <nav class={styles['bottom']} aria-label={t('navigation')}>
      <For each={mainPlaces}>
        {(place) => (
          <A href={place.href} class={styles['tab']} activeClass={styles['here']}>
            <span class={styles['tab-icon']}>
              <place.icon size={22} />
              <Show when={place.href === '/inbox' && props.unread > 0}>
                <span class={styles['count']}>{props.unread > 99 ? '99+' : props.unread}</span>
              </Show>
            </span>
            {place.label()}
            <Show when={place.href === '/inbox' && props.unread > 0}>
              <span class={visuallyHidden}>{t('unread', props.unread)}</span>
            </Show>
          </A>
        )}
      </For>
      <button type="button" class={styles['tab']} onClick={() => props.onMore()}>
        <span class={styles['tab-icon']}>
          <Settings size={22} />
        </span>
        {t('more')}
      </button>
    </nav>
  );
}
