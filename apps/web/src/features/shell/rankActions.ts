import type { Action } from '../../platform/actions/actions.ts';

/** How well a label answers what is typed: from the start, from a word's start, anywhere, or its letters in order. */
function scoreOf(text: string, query: string): number {
  const at = text.indexOf(query);
  if (at === 0) return 4;
  if (at > 0 && /\s/.test(text[at - 1]!)) return 3;
  if (at > 0) return 2;
  let from = 0;
  for (const letter of query.replaceAll(' ', '')) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return 0;
  }
  return 1;
}

/** The actions that fit what is typed, best first and each group together; all of them while nothing is typed. */
export function rankActions(actions: readonly Action[], typed: string): Action[] {
  const query = typed.trim().toLowerCase();
  const scored = actions
    .map((action) => ({ action, score: query === '' ? 1 : Math.max(scoreOf(action.label.toLowerCase(), query), scoreOf((action.keywords ?? '').toLowerCase(), query) - 0.5) }))
    .filter(({ score }) => score > 0);
  const best = new Map<string, number>();
  for (const { action, score } of scored) best.set(action.group, Math.max(best.get(action.group) ?? 0, score));
  const order = [...best.keys()];
  const groupsFirst = (a: string, b: string): number => best.get(b)! - best.get(a)! || order.indexOf(a) - order.indexOf(b);
  return scored.toSorted((a, b) => groupsFirst(a.action.group, b.action.group) || b.score - a.score).map(({ action }) => action);
}

/** Actions under their headings, in the order in which the headings come. */
export function groupActions(actions: readonly Action[]): [group: string, actions: Action[]][] {
  const groups = new Map<string, Action[]>();
  for (const action of actions) groups.set(action.group, [...(groups.get(action.group) ?? []), action]);
  return [...groups];
}
