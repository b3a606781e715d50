import { For, Show, type JSX } from 'solid-js';
import type { HandleKind } from '../../../generated/graphql.ts';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import { Badge } from '../../../ui/badge/Badge.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { t } from '../inbox.messages.ts';
import type { Candidacy } from './createCandidacy.ts';
import styles from './side.module.css';

/** Name and place of work at the panel's head; the name alone while the record is not at hand. */
export function Identity(props: { id: string; name: string; candidacy: Candidacy | null }): JSX.Element {
  const person = () => props.candidacy?.person;
  const work = () => [person()?.title, person()?.company?.name].filter(Boolean).join(', ');
  return (
    <header class={styles.identity}>
      <Avatar name={props.name} id={props.id} size={48} />
      <div>
        <h2>
          {props.name}
          <Show when={person()?.pinyin}>{(pinyin) => <span class={styles.pinyin}>{pinyin()}</span>}</Show>
        </h2>
        <Show when={work()}>
          <p>{work()}</p>
        </Show>
      </div>
    </header>
  );
}

const labels: Record<HandleKind, 'side.phone' | 'side.email' | 'side.wechat' | 'side.linkedin'> = {
  PHONE: 'side.phone',
  EMAIL: 'side.email',
  WECHAT: 'side.wechat',
  LINKEDIN: 'side.linkedin',
};

/** How to reach the person, and what else the record says in a word or two. */
export function About(props: { candidacy: Candidacy; ownerName: string }): JSX.Element {
  const person = () => props.candidacy.person;
  const facts = () =>
    [
      ...person().handles.map(({ kind, raw }) => ({ label: t(labels[kind]), value: raw, href: hrefOf(kind, raw) })),
      { label: t('side.location'), value: person().location, href: undefined },
      { label: t('side.source'), value: person().source, href: undefined },
      { label: t('side.owner'), value: props.ownerName, href: undefined },
    ].filter(({ value }) => value);
  return (
    <section class={styles.section} aria-label={t('side.about')}>
      <h3>{t('side.about')}</h3>
      <dl class={styles.facts}>
        <For each={facts()}>
          {(fact) => (
            <>
              <dt>{fact.label}</dt>
              <dd title={fact.value ?? undefined}>
                <Show when={fact.href} fallback={fact.value}>
                  {(href) => <a href={href()}>{fact.value}</a>}
                </Show>
              </dd>
            </>
          )}
        </For>
      </dl>
      <Show when={person().tags.length > 0}>
        <div class={styles.tags} role="list" aria-label={t('side.tags')}>
          <For each={person().tags}>
            {(tag) => (
              <span role="listitem">
                <Badge>{tag}</Badge>
              </span>
            )}
          </For>
        </div>
      </Show>
      <Link href={`/people/${person().id}`}>{t('side.openRecord')}</Link>
    </section>
  );
}

function hrefOf(kind: HandleKind, raw: string): string | undefined {
  if (kind === 'EMAIL') return `mailto:${encodeURIComponent(raw).replace('%40', '@')}`;
  return kind === 'PHONE' ? `tel:${raw.replace(/[^\d+]/g, '')}` : undefined;
}
