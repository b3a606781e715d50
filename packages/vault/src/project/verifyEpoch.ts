import { sealTo } from '../crypto/box.ts';
import { fromBase64url } from '../crypto/bytes.ts';
import { refusal } from '../errors.ts';
import type { ProjectLogStatement } from '../statements/statements.ts';
import { currentEpoch, type ProjectState } from './state.ts';

/**
 * Checks a line's epoch and who was given it. What is inside a wrap only its holder sees (`openEpochs`); that there is one for
 * everybody, and for recovery, everybody sees.
 * @param came accounts that are in the roster from this line on
 * Throws EPOCH_INVALID, WRAP_MISSING {account}, RECOVERY_WRAP_MISSING.
 */
export function verifyEpoch(state: ProjectState | null, { organisation, change, epoch, roster, wraps }: ProjectLogStatement, came: readonly string[]): void {
  if (change.type === 'roster') {
    const { number, depositKey, commitment, backLink } = currentEpoch(state as ProjectState);
    const stays = epoch.number === number && epoch.depositKey === depositKey && epoch.commitment === commitment && epoch.backLink === backLink;
    if (!stays) throw refusal('EPOCH_INVALID');
    requireWraps(wraps, came);
    return;
  }
  const earlier = state?.epochs ?? [];
  const isNew = earlier.every(({ depositKey, commitment }) => depositKey !== epoch.depositKey && commitment !== epoch.commitment);
  if (epoch.number !== earlier.length + 1 || !isNew || (epoch.backLink === null) !== (earlier.length === 0)) throw refusal('EPOCH_INVALID');
  // Everybody deposits to it, the candidates too: a key of low order would stop them all from writing.
  if (sealTo(fromBase64url(epoch.depositKey), new Uint8Array()) === null) throw refusal('EPOCH_INVALID');
  if (!wraps.some((wrap) => wrap.for === organisation)) throw refusal('RECOVERY_WRAP_MISSING');
  requireWraps(wraps, [...roster.map(({ account }) => account), organisation]);
}

/** Exactly one each, and none for anybody else. */
function requireWraps(wraps: ProjectLogStatement['wraps'], holders: readonly string[]): void {
  const given = wraps.map((wrap) => wrap.for);
  const missing = holders.find((holder) => !given.includes(holder));
  if (missing !== undefined) throw refusal('WRAP_MISSING', { account: missing });
  if (given.length !== holders.length) throw refusal('EPOCH_INVALID');
}
