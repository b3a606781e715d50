import { createSignal, For, type JSX } from 'solid-js';
import { createActions } from '../../../platform/actions/actions.ts';
import { formatRelative } from '../../../platform/i18n/formatRelative.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Menu } from '../../../ui/menu/Menu.tsx';
import { t } from '../inbox.messages.ts';
import type { Candidacy, CandidacyModel } from './createCandidacy.ts';
import styles from './side.module.css';

/** Where the candidate stands in the project's pipeline, and the menu that moves them (S). */
export function StageBar(props: { candidacy: Candidacy; model: CandidacyModel }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const position = () => props.model.stages().findIndex(({ id }) => id === props.candidacy.stage.id);
  createActions(() => [{ id: 'inbox.stage', label: t('side.moveTo'), group: t('title'), keys: 's', act: () => setOpen(true) }]);

  return (
    <section class={styles.stage} aria-label={t('side.stage')}>
      <p class={styles.project}>
        {props.candidacy.project.name} · {props.candidacy.project.client.name}
      </p>
      <div class={styles.stages} aria-hidden="true">
        <For each={props.model.stages()}>
          {(stage, index) => <i data-reached={index() < position() ? 'past' : index() === position() ? 'now' : undefined} data-kind={stage.kind} />}
        </For>
      </div>
      <div class={styles.stageLine}>
        <span class={styles.stageName}>
          <b>{props.candidacy.stage.name}</b>
          <span class={styles.since}>{t('side.since', formatRelative(props.candidacy.stageSince, Date.now()))}</span>
        </span>
        <Menu
          placement="bottom-end"
          open={open()}
          onOpenChange={setOpen}
          trigger={(trigger) => (
            <Button {...trigger} size="small" shortcut="s">
              {t('side.move')}
            </Button>
          )}
          entries={[
            { kind: 'heading', label: t('side.moveTo') },
            ...props.model.stages().map((stage) => ({
              label: stage.name,
              checked: stage.id === props.candidacy.stage.id,
              onSelect: () => void props.model.move(stage),
            })),
          ]}
        />
      </div>
    </section>
  );
}
