import { BatonError } from '@baton/base';
import type { BoxPair } from '../crypto/box.ts';
import { refusal } from '../errors.ts';
import { openBackLink, openEpoch, type EpochKeys } from './epoch.ts';
import { currentEpoch, type ProjectEpoch, type ProjectState } from './state.ts';

/** Who opens a vault: a member by their account's box pair, or the keeper of the recovery kit by the organisation's. */
export interface EpochHolder {
  /** Account, or the organisation. */
  id: string;
  box: BoxPair;
}

/** What a holder has of a vault. */
export interface OpenedEpochs {
  /** Oldest first. */
  keys: EpochKeys[];
  /** Epochs that this holder was given and that can't be opened, with the code that says why. */
  refused: { number: number; code: string }[];
}

/**
 * Every epoch that a holder can open: the newest that was sealed to them, and through the back links all before it. Whoever was
 * removed still opens what they had; what came after them they don't. Where a wrap or a back link is damaged, the holder's own
 * wraps of older epochs open what they can: no single line can take the past away from those who were there, and never from the
 * recovery kit. Throws EPOCH_CLOSED for somebody who was never given any.
 */
export function openEpochs(state: ProjectState, holder: EpochHolder): OpenedEpochs {
  const newest = state.epochs.findLast(({ wraps }) => Object.hasOwn(wraps, holder.id));
  if (newest === undefined) throw refusal('EPOCH_CLOSED');
  const opened: OpenedEpochs = { keys: [], refused: [] };
  let after: EpochKeys | null = null;
  for (let number = newest.number; number >= 1; number--) {
    const epoch = state.epochs[number - 1] as ProjectEpoch;
    const result = firstThatOpens([
      ...(after === null ? [] : [openingBackLink(after, state, epoch)]),
      ...(Object.hasOwn(epoch.wraps, holder.id) ? [openingWrap(state, epoch, holder)] : []),
    ]);
    after = result.keys;
    if (result.keys !== null) opened.keys.unshift(result.keys);
    else opened.refused.unshift({ number, code: result.code });
  }
  return opened;
}

/** The newest epoch, for whoever has to pass it on. Throws what keeps this holder from opening it; EPOCH_CLOSED for one who has left. */
export function openNewestEpoch(state: ProjectState, holder: EpochHolder): EpochKeys {
  const epoch = currentEpoch(state);
  if (!Object.hasOwn(epoch.wraps, holder.id)) throw refusal('EPOCH_CLOSED');
  return openingWrap(state, epoch, holder)();
}

type Opening = () => EpochKeys;

const openingWrap = ({ project }: ProjectState, epoch: ProjectEpoch, { id, box }: EpochHolder): Opening =>
  () => openEpoch(epoch.wraps[id] as string, box, { project, holder: id, epoch });

const openingBackLink = (after: EpochKeys, { epochs }: ProjectState, epoch: ProjectEpoch): Opening =>
  () => openBackLink(after, epochs[epoch.number]?.backLink as string, epoch);

/** With the first refusal where none does; EPOCH_CLOSED where there is no way at all. */
function firstThatOpens(openings: readonly Opening[]): { keys: EpochKeys } | { keys: null; code: string } {
  let code: string | null = null;
  for (const open of openings) {
    try {
      return { keys: open() };
    } catch (error) {
      if (!(error instanceof BatonError)) throw error;
      code ??= error.code;
    }
  }
  return { keys: null, code: code ?? 'EPOCH_CLOSED' };
}
