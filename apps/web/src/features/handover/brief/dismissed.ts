import { createSignal } from 'solid-js';

const key = 'baton.briefs-put-away';
/** So many are remembered; older ones are not offered any more. */
const most = 500;

const stored = (): string[] => {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
};

const [all, setAll] = createSignal<readonly string[]>(stored());

/** Which handover to whom: a line of a project's log, and the account that put its brief away. */
export interface Offered {
  accountId: string;
  projectId: string;
  seq: number;
}

const nameOf = ({ accountId, projectId, seq }: Offered): string => `${accountId} ${projectId} ${seq}`;

/** Whether this account has put the brief of this handover away, in this browser. Reactive. */
export const isPutAway = (offered: Offered): boolean => all().includes(nameOf(offered));

/** Remembers that, beyond a reload. */
export function putAway(offered: Offered): void {
  const next = [...stored().filter((one) => one !== nameOf(offered)), nameOf(offered)].slice(-most);
  setAll(next);
  try {
    localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // Storage is forbidden: it comes again with the next visit.
  }
}
