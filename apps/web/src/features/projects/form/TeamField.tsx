import X from 'lucide-solid/icons/x';
import { For, Show, type JSX } from 'solid-js';
import type { ProjectRole } from '../../../generated/graphql.ts';
import { Avatar } from '../../../ui/avatar/Avatar.tsx';
import { Combobox } from '../../../ui/combobox/Combobox.tsx';
import { IconButton } from '../../../ui/icon-button/IconButton.tsx';
import { Select } from '../../../ui/select/Select.tsx';
import { t } from '../projects.messages.ts';
import styles from './form.module.css';
import { withMember, withoutMember, type ProjectDraft } from './projectDraft.ts';

interface Colleague {
  id: string;
  name: string;
  endedAt: string | null;
}

interface TeamFieldProps {
  draft: ProjectDraft;
  onChange(draft: ProjectDraft): void;
  staff: readonly Colleague[];
  viewerId: string | undefined;
  /** Whoever makes a project leads it: they are not in the list. */
  isNew: boolean;
  error: string | undefined;
}

/** Who works on the project, and who leads it. */
export function TeamField(props: TeamFieldProps): JSX.Element {
  const nameOf = (id: string): string => props.staff.find((colleague) => colleague.id === id)?.name ?? '';
  const free = (): Colleague[] =>
    props.staff.filter(({ id, endedAt }) => endedAt === null && !(props.isNew && id === props.viewerId) && !props.draft.members.some(({ memberId }) => memberId === id));
  const search = (text: string): { value: string; label: string }[] =>
    free().filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase())).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <fieldset class={styles['list']}>
      <legend class={styles['legend']}>{t('form.team')}</legend>
      <Show when={props.error}>
        <p class={styles['error']} role="alert">
          {props.error}
        </p>
      </Show>
      <For each={props.draft.members}>
        {({ memberId, role }) => (
          <div class={styles['row']}>
            <Avatar name={nameOf(memberId)} id={memberId} size={24} />
            <span class={styles['grow']}>{nameOf(memberId)}</span>
            <div class={styles['kind']}>
              <Select<ProjectRole>
                label={t('form.roleOf', nameOf(memberId))}
                hideLabel
                value={role}
                options={[{ value: 'LEAD', label: t('form.lead') }, { value: 'MEMBER', label: t('form.member') }]}
                onChange={(next) => props.onChange(withMember(props.draft, memberId, next))}
              />
            </div>
            <IconButton size="small" label={t('form.removeMember', nameOf(memberId))} onClick={() => props.onChange(withoutMember(props.draft, memberId))}>
              <X />
            </IconButton>
          </div>
        )}
      </For>
      <Combobox label={t('form.addMember')} hideLabel placeholder={t('form.addMember')} search={search} value={null} onChange={(option) => option && props.onChange(withMember(props.draft, option.value))} />
    </fieldset>
  );
}
