import type { BoxPair } from '../crypto/box.ts';
import { refusal } from '../errors.ts';
import { openBackLink, openEpoch, type EpochKeys } from './epoch.ts';
import type { ProjectEpoch, ProjectState } from './state.ts';

/** Who opens a vault: a member by their account's box pair, or the keeper of the recovery kit by the organisation's. */
export interface EpochHolder {
  /** Account, or the organisation. */
  id: string;
  box: BoxPair;
}

/**
 * Every epoch that a holder can open, oldest first: the newest that was sealed to them, and through the back links all before
 * it. Whoever was removed still opens what they had; what came after them they don't.
 * Throws EPOCH_CLOSED for somebody who was never given any, and what `openEpoch` and `openBackLink` throw.
 */
export function openEpochs(state: ProjectState, holder: EpochHolder): EpochKeys[] {
  const newest = state.epochs.findLast(({ wraps }) => Object.hasOwn(wraps, holder.id));
  if (newest === undefined) throw refusal('EPOCH_CLOSED');
  let keys = openEpoch(newest.wraps[holder.id] as string, holder.box, { project: state.project, holder: holder.id, epoch: newest });
  const opened = [keys];
  for (let number = newest.number; number > 1; number--) {
    const epoch = state.epochs[number - 1] as ProjectEpoch;
    keys = openBackLink(keys, epoch.backLink as string, state.epochs[number - 2] as ProjectEpoch);
    opened.unshift(keys);
  }
  return opened;
}
