import { createTranslator, defineMessages } from '../../platform/i18n/messages.ts';

export const dueDateMessages = defineMessages(
  {
    overdue: (days: number) => (days === 1 ? '1 day overdue' : `${days} days overdue`),
    today: 'Due today',
    tomorrow: 'Due tomorrow',
    on: (date: string) => `Due ${date}`,
  },
  {
    overdue: (days) => `已逾期 ${days} 天`,
    today: '今天到期',
    tomorrow: '明天到期',
    on: (date) => `${date}到期`,
  },
);

export const t = createTranslator(dueDateMessages);
