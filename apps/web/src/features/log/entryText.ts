import type { AuditEntryRowFragment } from '../../generated/graphql.ts';
import { t } from './log.messages.ts';

/** What the ids of the log stand for. */
export type Names = ReadonlyMap<string, string>;

/** Which ids of an entry a sentence tells of, beside who did it: sessions have no name. */
const told = (entry: AuditEntryRowFragment): string[] => entry.subjects.filter((id) => !id.startsWith('ses_') && !id.startsWith('org_'));

const unknown = (id: string): string => {
  if (id.startsWith('prj_')) return t('unknown.project');
  if (id.startsWith('con_')) return t('unknown.conversation');
  if (id.startsWith('inv_')) return t('unknown.invitation');
  return t(id.startsWith('imp_') ? 'unknown.import' : 'unknown.account');
};

/** What was done, by whom and to whom, in a sentence. Names that the firm has forgotten are told as what they were. Reactive. */
export function entryText(entry: AuditEntryRowFragment, names: Names): string {
  const words = [entry.actorId, ...told(entry)].map((id) => {
    const name = names.get(id);
    if (name === undefined) return unknown(id);
    return id.startsWith('prj_') ? t('project', name) : name;
  });
  return t(`kind.${sentenceOf(entry)}`, words);
}

type Kind = AuditEntryRowFragment['kind'];

/** Some acts read otherwise when they concern whoever does them. */
const own: Partial<Record<Kind, 'SESSION_ENDED_OWN' | 'PROJECT_LEAD_SET_OWN' | 'PROJECT_HANDED_OVER_OWN'>> = {
  SESSION_ENDED: 'SESSION_ENDED_OWN',
  PROJECT_LEAD_SET: 'PROJECT_LEAD_SET_OWN',
  PROJECT_HANDED_OVER: 'PROJECT_HANDED_OVER_OWN',
};

function sentenceOf({ kind, actorId, subjects }: AuditEntryRowFragment) {
  if (kind === 'RECOVERY_KIT_USED' && subjects.some((id) => id.startsWith('org_'))) return 'RECOVERY_KIT_USED_FIRM';
  // The predecessor, not the successor: who hands over to themselves was given it by nobody else.
  return (subjects[1] === actorId && own[kind]) || kind;
}
