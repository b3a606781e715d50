import type { StageKind } from '../../generated/resolvers.ts';

interface StageName {
  kind: StageKind;
  en: string;
  zh: string;
}

/** The way of most searches. */
const usual: readonly StageName[] = [
  { kind: 'ACTIVE', en: 'Sourced', zh: '待联系' },
  { kind: 'ACTIVE', en: 'Contacted', zh: '已联系' },
  { kind: 'ACTIVE', en: 'Interested', zh: '有意向' },
  { kind: 'ACTIVE', en: 'Interview', zh: '面试中' },
  { kind: 'ACTIVE', en: 'Offer', zh: '谈 Offer' },
  { kind: 'PLACED', en: 'Placed', zh: '已入职' },
  { kind: 'CLOSED', en: 'Declined', zh: '已婉拒' },
  { kind: 'CLOSED', en: 'Not a fit', zh: '不合适' },
];

/** The usual stages, named in a language (`zh`, `zh-CN` …; everything else is English). */
export function defaultStages(locale: string): { name: string; kind: StageKind }[] {
  const language = /^zh\b/i.test(locale) ? 'zh' : 'en';
  return usual.map((stage) => ({ name: stage[language], kind: stage.kind }));
}
