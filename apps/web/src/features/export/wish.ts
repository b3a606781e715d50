import { createSignal } from 'solid-js';

/** A project that somebody wants to take out. */
export interface ExportWish {
  projectId: string;
  name: string;
}

const [wish, setWish] = createSignal<ExportWish>();

/** What is being looked at or carried out; undefined: nothing. */
export const exportWish = wish;

/** Opens the dialog, from whatever page. */
export const askToExport = (wanted: ExportWish): void => void setWish(wanted);

/** Nobody wants anything any more. */
export const forgetExportWish = (): void => void setWish();
