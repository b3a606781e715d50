import type { KitParts, RecoveryKit } from '../../session/contract.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from './recoveryKit.messages.ts';

const numbered = (words: readonly string[]): string => words.map((word, at) => `${String(at + 1).padStart(2)}. ${word}`).join('\n');

/** The kit as a text file, readable without any program of ours. */
export function textOfKit(kit: RecoveryKit, owner: string): string {
  const firm = kit.firmWords ? `\n${t('firm')}\n${t('firmHint')}\n\n${numbered(kit.firmWords)}\n` : '';
  return `${kit.firmName}\n${t('of', owner)} · ${t('made', formatDate(Date.now()))}\n${t('fingerprint')}: ${kit.fingerprint}\n\n${t('account')}\n${t('accountHint')}\n\n${numbered(kit.accountWords)}\n${firm}\n${t('advice')}\n`;
}

/** One part as a text file. */
export function textOfPart({ parts, split, fingerprint }: KitParts, number: number, firmName: string): string {
  return `${firmName}\n${t('sheet')} · ${t('parts.sheet', number)} · ${t('parts.split', split)} · ${t('made', formatDate(Date.now()))}\n${t('fingerprint')}: ${fingerprint}\n\n${t('parts.sheetHint')}\n\n${numbered(parts[number - 1] ?? [])}\n`;
}
