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
