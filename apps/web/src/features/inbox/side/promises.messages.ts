import { createTranslator, defineMessages } from '../../../platform/i18n/messages.ts';

/** Loaded with the panel beside the thread. */
export const promiseMessages = defineMessages(
  {
    title: 'Promises',
    label: 'Promise to the candidate',
    placeholder: 'What did you promise?',
    due: 'Due',
    add: 'Add promise',
    hint: 'Kept on the record, for the project’s team. The candidate never sees it.',
    left: (name: string) => `${name} (left)`,
    kept: (name: string) => `Kept by ${name}`,
    takeBack: 'Take back promise',
    takenBack: 'Promise taken back',
    showKept: (count: number) => (count === 1 ? 'Show 1 that was kept' : `Show ${count} that were kept`),
    hideKept: 'Hide those that were kept',
  },
  {
    title: '承诺',
    label: '对候选人的承诺',
    placeholder: '您承诺了什么？',
    due: '期限',
    add: '添加承诺',
    hint: '保存在档案中，仅项目团队可见，候选人看不到。',
    left: (name) => `${name}（已离职）`,
    kept: (name) => `${name}已兑现`,
    takeBack: '撤回承诺',
    takenBack: '承诺已撤回',
    showKept: (count) => `显示已兑现的 ${count} 条`,
    hideKept: '收起已兑现的',
  },
);

export const t = createTranslator(promiseMessages);
