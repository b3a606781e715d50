import { describe, expect, test, vi } from 'vitest';
import { openKeptList } from './keptList.ts';

/** A record that outlives the list, as a device's does. */
function makeRecord(kept: string[] | null = null) {
  return { kept: () => kept, read: async () => kept, write: async (next: string[]) => void (kept = next), remove: async () => void (kept = null) };
}

describe('a kept list', () => {
  test('is there without the API, as it was heard last', async () => {
    const record = makeRecord();
    await (await openKeptList(async () => ['a', 'b'], record, () => {})).refresh();
    const offline = await openKeptList(() => Promise.reject(new Error('no network')), record, () => {});
    expect(offline.changes.current()).toEqual(['a', 'b']);
    await expect(offline.refresh()).rejects.toThrow('no network');
    expect(offline.changes.current()).toEqual(['a', 'b']);
  });

  test('says nothing when nothing changed', async () => {
    const list = await openKeptList(async () => ['a'], makeRecord(['a']), () => {});
    const heard = vi.fn();
    list.changes.subscribe(heard);
    await list.refresh();
    expect(heard).not.toHaveBeenCalled();
  });

  test('leaves what did not change the same object, wherever it stands now', async () => {
    const answers = [[{ id: 'a' }, { id: 'b' }], [{ id: 'b' }, { id: 'c' }, { id: 'a' }]];
    const list = await openKeptList(async () => answers.shift()!, { read: async () => null, write: async () => {}, remove: async () => {} }, () => {});
    await list.refresh();
    const [a, b] = list.changes.current();
    await list.refresh();
    expect(list.changes.current()).toEqual([{ id: 'b' }, { id: 'c' }, { id: 'a' }]);
    expect(list.changes.current()[0]).toBe(b);
    expect(list.changes.current()[2]).toBe(a);
  });

  test('asks once more for all who asked while it was being answered', async () => {
    let asked = 0;
    const answers: ((items: string[]) => void)[] = [];
    const list = await openKeptList(() => (asked++, new Promise<string[]>((resolve) => answers.push(resolve))), makeRecord(), () => {});
    const waiting = [list.refresh(), list.refresh(), list.refresh()];
    answers[0]!(['old']);
    await waiting[0];
    await vi.waitFor(() => expect(asked).toBe(2));
    answers[1]!(['new']);
    await Promise.all(waiting);
    expect([asked, list.changes.current()]).toEqual([2, ['new']]);
  });
});
