import { isBatonError, newId } from '@baton/base';
import { useQuery } from '@tanstack/solid-query';
import { createSignal, Show, type JSX } from 'solid-js';
import { CompanyCompletionDocument, CreateProjectDocument, ProjectDocument, ProjectStaffDocument, UpdateProjectDocument } from '../../../generated/graphql.ts';
import { useClient } from '../../../platform/client/clientContext.ts';
import { sentenceFor } from '../../../platform/errors/errorText.ts';
import { codesByField, request, type UserErrorLike } from '../../../platform/graphql/request.ts';
import { answerOf, queryKeys } from '../../../platform/graphql/queries.ts';
import { createSubmit } from '../../../platform/forms/createSubmit.ts';
import { mergeChanges } from '../../../platform/forms/mergeChanges.ts';
import { locale } from '../../../platform/preferences/preferences.ts';
import { Banner } from '../../../ui/banner/Banner.tsx';
import { Combobox } from '../../../ui/combobox/Combobox.tsx';
import { FormDialog } from '../../../ui/dialog/FormDialog.tsx';
import { Switch } from '../../../ui/switch/Switch.tsx';
import { TextField } from '../../../ui/text-field/TextField.tsx';
import type { BoardProject } from '../board.ts';
import { t } from '../projects.messages.ts';
import { draftOf, emptyDraft, sameMembers, type ProjectDraft } from './projectDraft.ts';
import { StagesField } from './StagesField.tsx';
import { TeamField } from './TeamField.tsx';

interface ProjectDialogProps {
  open: boolean;
  /** Absent: a new one. */
  project?: BoardProject;
  onClose(): void;
  onSaved(project: BoardProject): void;
}

/** Makes a project, or changes one. */
export function ProjectDialog(props: ProjectDialogProps): JSX.Element {
  return (
    <Show when={props.open}>
      <ProjectForm {...props} />
    </Show>
  );
}

const draftOfOrEmpty = (project: BoardProject | undefined): ProjectDraft => (project ? draftOf(project) : emptyDraft);

function ProjectForm(props: ProjectDialogProps): JSX.Element {
  /** What the draft began with. It stays while hints bring newer states: a save over one of those must be seen. */
  const [base, setBase] = createSignal(props.project);
  const before = (): ProjectDraft => draftOfOrEmpty(base());
  const client = useClient();
  const projectId = props.project?.id ?? newId('project');
  const [draft, setDraft] = createSignal<ProjectDraft>(before());
  const [codes, setCodes] = createSignal<Record<string, string>>({});
  const staff = useQuery(() => ({ queryKey: [queryKeys.members, 'staff'], queryFn: async () => (await request(ProjectStaffDocument)).viewer }));
  const set = (change: Partial<ProjectDraft>): void => void setDraft((now) => ({ ...now, ...change }));
  const errorAt = (field: string): string | undefined => {
    const code = codes()[field];
    return code && sentenceFor(code);
  };
  const shownElsewhere = new Set(['name', 'clientName', 'publicTitle', 'members', 'stages']);
  const general = (): string | undefined => {
    const rest = Object.entries(codes()).find(([field]) => !shownElsewhere.has(field))?.[1];
    return submit.error()?.text ?? (rest && (rest === 'STALE_VERSION' ? t('form.stale') : sentenceFor(rest)));
  };
  const refused = (errors: readonly UserErrorLike[]): boolean => {
    setCodes(codesByField(errors));
    return errors.length > 0;
  };

  const save = async (): Promise<void> => {
    const { name, clientName, publicTitle, members, stages, archived } = draft();
    const words = { name, clientName, publicTitle };
    const from = base();
    if (!from) {
      const { createProject } = await request(CreateProjectDocument, { input: { id: projectId, ...words, members, locale: locale.value() } });
      if (refused(createProject.userErrors) || !createProject.project) return;
      // Whoever writes in it first begins its vault otherwise.
      client.vault.begin(projectId).catch(() => undefined);
      return finish(createProject.project);
    }
    const { updateProject } = await request(UpdateProjectDocument, {
      input: { id: projectId, expectedVersion: from.version, ...words, stages: stages ?? [], archived },
    });
    const stale = updateProject.userErrors.some(({ code }) => code === 'STALE_VERSION');
    if (stale && updateProject.project) setDraft(mergeChanges(before(), draft(), draftOf(updateProject.project)));
    if (updateProject.project) setBase(updateProject.project);
    if (refused(updateProject.userErrors) || !updateProject.project) return;
    if (sameMembers(members, draftOf(updateProject.project).members)) return finish(updateProject.project);
    try {
      await client.vault.setTeam(projectId, members.map(({ memberId, role }) => ({ accountId: memberId, role: role === 'LEAD' ? 'lead' : 'member' })));
    } catch (error) {
      props.onSaved(updateProject.project);
      if (!isBatonError(error, 'LEAD_MISSING')) throw error;
      setCodes({ members: error.code });
      return;
    }
    finish((await request(ProjectDocument, { id: projectId })).project ?? updateProject.project);
  };
  const finish = (project: BoardProject): void => {
    props.onSaved(project);
    props.onClose();
  };
  const submit = createSubmit(save);

  return (
    <FormDialog
      title={props.project ? t('form.editTitle') : t('form.createTitle')}
      onClose={() => props.onClose()}
      submit={props.project ? t('form.save') : t('form.create')}
      busy={submit.busy()}
      onSubmit={submit.onSubmit}
    >
      <Show when={general()}>{(sentence) => <Banner tone="bad">{sentence()}</Banner>}</Show>
      <TextField label={t('form.name')} hint={t('form.nameHint')} error={errorAt('name')} value={draft().name} onValue={(name) => set({ name })} data-autofocus="" autocomplete="off" />
      <Combobox
        label={t('form.client')}
        error={errorAt('clientName')}
        value={draft().clientName === '' ? null : { value: draft().clientName, label: draft().clientName }}
        onChange={(option) => set({ clientName: option?.label ?? '' })}
        search={async (text) => (await request(CompanyCompletionDocument, { search: text })).companies.map(({ id, name }) => ({ value: id, label: name }))}
        create={{ label: (name) => t('form.createClient', name), onCreate: (clientName) => set({ clientName }) }}
      />
      <TextField
        label={t('form.publicTitle')}
        hint={t('form.publicTitleHint')}
        error={errorAt('publicTitle')}
        value={draft().publicTitle}
        onValue={(publicTitle) => set({ publicTitle })}
        autocomplete="off"
      />
      <TeamField draft={draft()} onChange={setDraft} staff={answerOf(staff)?.organisation.members ?? []} viewerId={answerOf(staff)?.account.id} isNew={!props.project} error={errorAt('members')} />
      <Show when={draft().stages}>
        <StagesField draft={draft()} onChange={setDraft} error={errorAt('stages')} />
        <Switch label={t('form.archive')} hint={t('form.archiveHint')} checked={draft().archived} onChange={(archived) => set({ archived })} />
      </Show>
    </FormDialog>
  );
}
