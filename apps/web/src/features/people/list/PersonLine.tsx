import { For, Show, type JSX } from 'solid-js';
import type { PersonRowFragment } from '../../../generated/graphql.ts';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { RelativeTime } from '../../../ui/relative-time/RelativeTime.tsx';
import styles from './people-table.module.css';

/** One person in the list; on a phone a name over what they do. */
export function PersonLine(props: { person: PersonRowFragment; tabindex: 0 | -1; onFocus(): void }): JSX.Element {
  const person = (): PersonRowFragment => props.person;
  return (
    <Link look="plain" class={styles['link']!} href={`/people/${person().id}`} tabindex={props.tabindex} onFocus={() => props.onFocus()}>
      <span class={styles['who']}>
        <Avatar name={person().name} id={person().id} size={32} />
        <span class={styles['names']}>
          <span class={styles['name']} title={person().name}>
            {person().name}
          </span>
          <span class={styles['quiet']}>
            <span class={styles['onlyPhone']}>{[person().title, person().company?.name].filter(Boolean).join(' · ')}</span>
            <span class={styles['onlyDesk']}>{person().location}</span>
          </span>
        </span>
      </span>
      <span class={styles['work']}>
        <span class={styles['cut']} title={person().title ?? undefined}>
          {person().title}
        </span>
        <span class={styles['quiet']}>{person().company?.name}</span>
      </span>
      <span class={styles['projects']}>
        <For each={person().candidacies.slice(0, 2)}>
          {({ project, stage }) => (
            <span class={styles['cut']} title={`${project.name} · ${stage.name}`}>
              {project.name} <span class={styles['quiet']}>{stage.name}</span>
            </span>
          )}
        </For>
      </span>
      <span class={styles['tags']}>
        <For each={person().tags.slice(0, 2)}>{(tag) => <Badge>{tag}</Badge>}</For>
        <Show when={person().tags.length > 2}>
          <span class={styles['quiet']} title={person().tags.slice(2).join(', ')}>
            +{person().tags.length - 2}
          </span>
        </Show>
      </span>
      <RelativeTime class={`${styles['quiet']} ${styles['when']}`} at={person().updatedAt} style="column" />
    </Link>
  );
}
