import { createSignal } from 'solid-js';

/** What somebody wants to hand over: one project, or whatever a colleague works on. */
export type Wish = { projectId: string } | { from: string };

const [wish, setWish] = createSignal<Wish>();

/** The wish that is being looked at or carried out; undefined: none. */
export const handOverWish = wish;

/** Opens the dialog, from whatever page. */
export const askToHandOver = (wanted: Wish): void => void setWish(wanted);

/** Nobody wants anything any more. */
export const forgetWish = (): void => void setWish();

const underWay = 'baton.handing-over';

/** Whether a handover was under way when the page was last closed: only then its code is loaded with the page. What it was is sealed elsewhere. */
export function isUnderWay(): boolean {
  try {
    return localStorage.getItem(underWay) !== null;
  } catch {
    return false;
  }
}

/** Remembers that, beyond a reload. */
export function rememberUnderWay(now: boolean): void {
  try {
    if (now) localStorage.setItem(underWay, '1');
    else localStorage.removeItem(underWay);
  } catch {
    // Storage is forbidden: after a reload it is begun again by hand, and changes nothing twice.
  }
}
