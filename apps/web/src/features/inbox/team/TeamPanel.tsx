import Lock from 'lucide-solid/icons/lock';
import X from 'lucide-solid/icons/x';
import { For, type JSX } from 'solid-js';
import { formatList } from '../../../platform/i18n/format.ts';
import type { TeamRoomSummary } from '../../../session/contract.ts';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { t } from '../inbox.messages.ts';
import sideStyles from '../side/side.module.css';
import { TeamMark } from './TeamMark.tsx';
import styles from './team.module.css';

/** Beside a team's room: who is in it, the project, and who can read. */
export function TeamPanel(props: { teamRoom: TeamRoomSummary; onClose(): void }): JSX.Element {
  return (
    <div class={sideStyles.panel}>
      <div class={sideStyles.close}>
        <IconButton size="small" label={t('side.close')} onClick={() => props.onClose()}>
          <X size={16} />
        </IconButton>
      </div>
      <header class={sideStyles.identity}>
        <TeamMark size={48} />
        <div>
          <h2>{props.teamRoom.projectName}</h2>
          <p>{t('team.room')}</p>
        </div>
      </header>
      <section class={sideStyles.section} aria-label={t('team.members')}>
        <h3>{t('team.members')}</h3>
        <ul class={styles.members}>
          <For each={props.teamRoom.team}>
            {(member) => (
              <li>
                <Avatar name={member.name} id={member.accountId} size={24} />
                {member.name}
              </li>
            )}
          </For>
        </ul>
        <Link href={`/projects/${props.teamRoom.projectId}`}>{t('team.project')}</Link>
      </section>
      <TeamReaders teamRoom={props.teamRoom} />
    </div>
  );
}

/** Who can read a team's room, by name, and who can't. */
export function TeamReaders(props: { teamRoom: TeamRoomSummary }): JSX.Element {
  return (
    <div class={sideStyles.readers}>
      <Lock size={15} aria-hidden="true" />
      <p>{t('team.readersText', formatList(props.teamRoom.team.map(({ name }) => name)))}</p>
    </div>
  );
}
