import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { Index, Show, type JSX } from 'solid-js';
import type { StageKind } from '../../../generated/graphql.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import { Select } from '../../../ui/select/Select.tsx';
import { TextField } from '../../../ui/text-field/TextField.tsx';
import { t } from '../projects.messages.ts';
import styles from './form.module.css';
import { withNewStage, withoutStage, withStage, withStageMoved, type ProjectDraft } from './projectDraft.ts';

const kinds: readonly StageKind[] = ['ACTIVE', 'PLACED', 'CLOSED'];

/** The stages of a project, in their order. */
export function StagesField(props: { draft: ProjectDraft; onChange(draft: ProjectDraft): void; error: string | undefined }): JSX.Element {
  const change = (make: (draft: ProjectDraft, index: number) => ProjectDraft, index: number): void => props.onChange(make(props.draft, index));
  return (
    <fieldset class={styles['list']}>
      <legend class={styles['legend']}>{t('form.stages')}</legend>
      <Show when={props.error}>
        <p class={styles['error']} role="alert">
          {props.error}
        </p>
      </Show>
      <Index each={props.draft.stages ?? []}>
        {(stage, index) => (
          <div class={`${styles['row']} ${styles['stageRow']}`}>
            <div class={styles['grow']}>
              <TextField label={t('form.stageName', index + 1)} hideLabel value={stage().name} onValue={(name) => props.onChange(withStage(props.draft, index, { name }))} autocomplete="off" />
            </div>
            <div class={styles['kind']}>
              <Select<StageKind>
                label={t('form.stageKind', stage().name)}
                hideLabel
                value={stage().kind}
                options={kinds.map((kind) => ({ value: kind, label: t(`form.kind.${kind}`) }))}
                onChange={(kind) => props.onChange(withStage(props.draft, index, { kind }))}
              />
            </div>
            <IconButton size="small" label={t('form.moveUp', stage().name)} disabled={index === 0} onClick={() => change((draft, at) => withStageMoved(draft, at, -1), index)}>
              <ArrowUp />
            </IconButton>
            <IconButton size="small" label={t('form.moveDown', stage().name)} disabled={index === (props.draft.stages?.length ?? 0) - 1} onClick={() => change((draft, at) => withStageMoved(draft, at, 1), index)}>
              <ArrowDown />
            </IconButton>
            <IconButton size="small" label={t('form.removeStage', stage().name)} onClick={() => change(withoutStage, index)}>
              <X />
            </IconButton>
          </div>
        )}
      </Index>
      <div>
        <Button size="small" variant="quiet" icon={<Plus />} onClick={() => props.onChange(withNewStage(props.draft))}>
          {t('form.addStage')}
        </Button>
      </div>
    </fieldset>
  );
}
