import { createTranslator, defineMessages } from '../../platform/i18n/messages.ts';

export const setUpMessages = defineMessages(
  {
    title: 'Set up your firm',
    lead: 'You become its first partner. One password opens everything, and never leaves this browser.',
    steps: { label: 'Steps', firm: 'Firm and you', kit: 'Recovery kit', done: 'Done' },
    firmName: 'Firm',
    firmPlaceholder: 'Harbor Search',
    name: 'Your name',
    email: 'Work e-mail',
    password: 'Password',
    passwordHint: 'At least 10 characters. A few random words do well.',
    submit: 'Create the firm',
    working: 'Making keys on this device…',
    done: {
      title: (firm: string) => `${firm} is ready`,
      lead: 'Everything said here is encrypted from now on. What would you like to do first?',
      colleague: 'Invite a colleague',
      colleagueText: 'They get a link with a role.',
      import: 'Import people',
      importText: 'From a CSV file, with a dry run.',
      project: 'Start a project',
      projectText: 'A search for a client, with its board.',
      later: 'Look around first',
    },
  },
  {
    title: '设置您的公司',
    lead: '您将成为第一位合伙人。一个密码打开一切，且从不离开此浏览器。',
    steps: { label: '步骤', firm: '公司与您', kit: '恢复单', done: '完成' },
    firmName: '公司',
    firmPlaceholder: '海港猎头',
    name: '您的姓名',
    email: '工作邮箱',
    password: '密码',
    passwordHint: '至少 10 个字符。几个随机的词语就很好。',
    submit: '创建公司',
    working: '正在此设备上生成密钥…',
    done: {
      title: (firm) => `${firm}已就绪`,
      lead: '从现在起，这里的所有对话都已加密。您想先做什么？',
      colleague: '邀请同事',
      colleagueText: '对方会收到带有角色的链接。',
      import: '导入人选',
      importText: '从 CSV 文件导入，可先试运行。',
      project: '创建项目',
      projectText: '为客户寻访，带有看板。',
      later: '先四处看看',
    },
  },
);

export const t = createTranslator(setUpMessages);
