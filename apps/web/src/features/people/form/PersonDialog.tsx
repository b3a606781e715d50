import { newId } from '@baton/base';
import Plus from 'lucide-solid/icons/plus';
import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For, Index, Show, type JSX } from 'solid-js';
import { CompanyCompletionDocument, CreatePersonDocument, UpdatePersonDocument, type HandleKind, type PersonRecordFragment } from '../../../generated/graphql.ts';
import { sentenceFor } from '../../../platform/errors/errorText.ts';
import { createSubmit } from '../../../platform/forms/createSubmit.ts';
import { mergeChanges } from '../../../platform/forms/mergeChanges.ts';
import { codesByField, request, type UserErrorLike } from '../../../platform/graphql/request.ts';
import { queryKeys } from '../../../platform/graphql/queries.ts';
import { Banner } from '../../../ui/banner/Banner.tsx';
import { Button } from '../../../ui/button/Button.tsx';
import { Combobox } from '../../../ui/combobox/Combobox.tsx';
import { FormDialog } from '../../../ui/dialog/FormDialog.tsx';
import { Link } from '../../../ui/link/Link.tsx';
import { TextField } from '../../../ui/text-field/TextField.tsx';
import { t } from '../people.messages.ts';
import styles from './form.module.css';
import { draftIndexOf, draftOf, handleKinds, inputOf, type PersonDraft } from './personDraft.ts';
import { TagsField } from './TagsField.tsx';

interface PersonDialogProps {
  open: boolean;
  /** Absent: somebody new. */
  person?: PersonRecordFragment;
  onClose(): void;
  onSaved(id: string): void;
}

/** Puts somebody on record, or changes a record. */
export function PersonDialog(props: PersonDialogProps): JSX.Element {
  return (
    <Show when={props.open}>
      <PersonForm {...props} />
    </Show>
  );
}

interface Saved {
  userErrors: readonly UserErrorLike[];
  duplicates: readonly { id: string; name: string }[];
}

const handleLabels: Record<HandleKind, 'form.email' | 'form.phone' | 'form.wechat' | 'form.linkedin'> = {
  EMAIL: 'form.email', PHONE: 'form.phone', WECHAT: 'form.wechat', LINKEDIN: 'form.linkedin',
};
const inputTypes: Record<HandleKind, string> = { EMAIL: 'email', PHONE: 'tel', WECHAT: 'text', LINKEDIN: 'url' };

function PersonForm(props: PersonDialogProps): JSX.Element {
  const queries = useQueryClient();
  const id = props.person?.id ?? newId('person');
  /** What the draft began with. It stays while hints bring newer states: a save over one of those must be seen. */
  const [base, setBase] = createSignal(props.person);
  const [draft, setDraft] = createSignal<PersonDraft>(draftOf(base()));
  const [codes, setCodes] = createSignal<Record<string, string>>({});
  const [duplicates, setDuplicates] = createSignal<readonly { id: string; name: string }[]>([]);
  const set = (change: Partial<PersonDraft>): void => void setDraft((now) => ({ ...now, ...change }));
  const setHandle = (index: number, raw: string): void => set({ handles: draft().handles.map((handle, at) => (at === index ? { ...handle, raw } : handle)) });
  const errorAt = (field: string): string | undefined => {
    const code = codes()[field];
    return code && sentenceFor(code);
  };
  const handleError = (index: number): string | undefined => {
    const found = Object.entries(codes()).find(([field]) => {
      const sent = /^handles\.(\d+)/.exec(field);
      return sent !== null && draftIndexOf(draft(), Number(sent[1])) === index;
    });
    return found && sentenceFor(found[1]);
  };
  const general = (): string | undefined => {
    const own = new Set(['name', 'title', 'companyName', 'location', 'source', 'tags']);
    const rest = Object.entries(codes()).find(([field]) => !own.has(field) && !/^handles\.\d+/.test(field));
    return submit.error()?.text ?? (rest && (rest[1] === 'STALE_VERSION' ? t('form.stale') : sentenceFor(rest[1])));
  };

  const save = async (): Promise<void> => {
    const { userErrors, duplicates: known } = await (base() ? update(base()!) : create());
    setCodes(codesByField(userErrors));
    setDuplicates(known);
    if (userErrors.length > 0) return;
    void queries.invalidateQueries({ queryKey: [queryKeys.people] });
    void queries.invalidateQueries({ queryKey: [queryKeys.person, id] });
    props.onSaved(id);
    props.onClose();
  };
  const create = async (): Promise<Saved> => (await request(CreatePersonDocument, { input: { id, ...inputOf(draft()) } })).createPerson;
  const update = async (from: PersonRecordFragment): Promise<Saved> => {
    const { updatePerson } = await request(UpdatePersonDocument, { input: { id, ...inputOf(draft()), expectedVersion: from.version } });
    const fresh = updatePerson.userErrors.some(({ code }) => code === 'STALE_VERSION') ? updatePerson.person : null;
    if (fresh) {
      setDraft(mergeChanges(draftOf(from), draft(), draftOf(fresh)));
      setBase(fresh);
    }
    return updatePerson;
  };
  const submit = createSubmit(save);

  return (
    <FormDialog
      title={props.person ? t('form.editTitle') : t('form.createTitle')}
      onClose={() => props.onClose()}
      submit={props.person ? t('form.save') : t('form.create')}
      busy={submit.busy()}
      onSubmit={submit.onSubmit}
    >
      <Show when={general()}>{(sentence) => <Banner tone="bad">{sentence()}</Banner>}</Show>
      <Show when={duplicates().length > 0}>
        <Banner tone="warn">
          {t('form.duplicates')}{' '}
          <For each={duplicates()}>{(person, index) => <>{index() > 0 && ', '}<Link href={`/people/${person.id}`}>{person.name}</Link></>}</For>
        </Banner>
      </Show>
      <TextField label={t('form.name')} error={errorAt('name')} value={draft().name} onValue={(name) => set({ name })} data-autofocus="" autocomplete="off" />
      <div class={styles['pair']}>
        <TextField label={t('form.title')} error={errorAt('title')} value={draft().title} onValue={(title) => set({ title })} autocomplete="off" />
        <Combobox
          label={t('form.company')}
          error={errorAt('companyName')}
          value={draft().companyName === '' ? null : { value: draft().companyName, label: draft().companyName }}
          onChange={(option) => set({ companyName: option?.label ?? '' })}
          search={async (text) => (await request(CompanyCompletionDocument, { search: text })).companies.map((company) => ({ value: company.id, label: company.name }))}
          create={{ label: (name) => t('form.createCompany', name), onCreate: (companyName) => set({ companyName }) }}
        />
      </div>
      <div class={styles['pair']}>
        <Index each={draft().handles}>
          {(handle, index) => (
            <TextField label={t(handleLabels[handle().kind])} type={inputTypes[handle().kind]} error={handleError(index)} value={handle().raw} onValue={(raw) => setHandle(index, raw)} autocomplete="off" />
          )}
        </Index>
      </div>
      <div class={styles['adding']}>
        <For each={handleKinds}>
          {(kind) => (
            <Button size="small" variant="quiet" icon={<Plus />} onClick={() => set({ handles: [...draft().handles, { kind, raw: '' }] })}>
              {t(handleLabels[kind])}
            </Button>
          )}
        </For>
      </div>
      <div class={styles['pair']}>
        <TextField label={t('form.location')} error={errorAt('location')} value={draft().location} onValue={(location) => set({ location })} autocomplete="off" />
        <TextField label={t('form.source')} hint={t('form.sourceHint')} error={errorAt('source')} value={draft().source} onValue={(source) => set({ source })} autocomplete="off" />
      </div>
      <TagsField tags={draft().tags} onChange={(tags) => set({ tags })} error={errorAt('tags')} />
    </FormDialog>
  );
}
