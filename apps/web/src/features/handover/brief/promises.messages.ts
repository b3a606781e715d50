import { createTranslator, defineMessages } from '../../../platform/i18n/messages.ts';

/** Loaded with what shows promises: no inbox waits for it. */
export const briefPromiseMessages = defineMessages(
  {
    title: 'Open promises',
    count: (count: number, overdue: number) => `${count === 1 ? '1 open promise' : `${count} open promises`}${overdue > 0 ? `, ${overdue} overdue` : ''}`,
    more: (count: number) => `${count} more`,
  },
  {
    title: '未兑现的承诺',
    count: (count, overdue) => `${count} 条未兑现的承诺${overdue > 0 ? `，${overdue} 条已逾期` : ''}`,
    more: (count) => `另外 ${count} 条`,
  },
);

export const t = createTranslator(briefPromiseMessages);
