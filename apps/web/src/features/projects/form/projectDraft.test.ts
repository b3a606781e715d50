import { describe, expect, it } from 'vitest';
import { emptyDraft, sameMembers, withMember, withNewStage, withoutStage, withStage, withStageMoved, type ProjectDraft } from './projectDraft.ts';

describe('a project being edited', () => {
  const staged = ['a', 'b', 'c'].reduce<ProjectDraft>((draft, name, at) => withStage(withNewStage(draft), at, { name }), { ...emptyDraft, stages: [] });
  const names = (draft: ProjectDraft): string[] => (draft.stages ?? []).map((stage) => stage.name);

  it('takes a colleague once, in the role given last', () => {
    const draft = withMember(withMember(emptyDraft, 'acc_1'), 'acc_1', 'LEAD');
    expect(draft.members).toEqual([{ memberId: 'acc_1', role: 'LEAD' }]);
  });

  it('moves stages, and leaves them at the edge', () => {
    expect(names(withStageMoved(staged, 2, -1))).toEqual(['a', 'c', 'b']);
    expect(names(withStageMoved(staged, 0, -1))).toEqual(['a', 'b', 'c']);
    expect(names(withStageMoved(staged, 2, 1))).toEqual(['a', 'b', 'c']);
  });

  it('keeps a stage’s id while its name and kind change', () => {
    const changed = withStage(staged, 1, { kind: 'CLOSED' });
    expect(changed.stages?.[1]).toEqual({ ...staged.stages?.[1], kind: 'CLOSED' });
    expect(names(withoutStage(changed, 0))).toEqual(['b', 'c']);
  });

  it('knows the same team in another order', () => {
    expect(sameMembers([{ memberId: 'a', role: 'LEAD' }, { memberId: 'b', role: 'MEMBER' }], [{ memberId: 'b', role: 'MEMBER' }, { memberId: 'a', role: 'LEAD' }])).toBe(true);
    expect(sameMembers([{ memberId: 'a', role: 'LEAD' }], [{ memberId: 'a', role: 'MEMBER' }])).toBe(false);
  });
});
