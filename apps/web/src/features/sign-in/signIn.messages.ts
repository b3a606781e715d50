import { createTranslator, defineMessages } from '../../platform/i18n/messages.ts';

export const signInMessages = defineMessages(
  {
    title: 'Sign in',
    lead: 'Your password also opens your messages.',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    forgot: 'Forgot the password?',
    ended: 'This browser was signed out. Sign in to go on; what you wrote is kept.',
    candidate: 'Came by a recruiter’s link? Open that link again, or sign in here if you have set a password.',
    recover: {
      title: 'Get back in',
      lead: 'With the twelve words of your recovery kit you set a new password. Every message stays readable.',
      words: 'Recovery words',
      wordsHint: 'All twelve, in the order of the sheet. Spaces and line breaks do not matter.',
      count: (count: number) => `${count} of 12`,
      newPassword: 'New password',
      passwordHint: 'At least 10 characters. A few random words do well.',
      submit: 'Set password and sign in',
      back: 'Back to sign-in',
      noKit: 'No kit at hand? Ask a partner of your firm.',
      unknown: (position: number, word: string) => `Word ${position}, “${word}”, is not on the list.`,
      suggest: (position: number, words: string) => `Word ${position}: do you mean ${words}?`,
    },
  },
  {
    title: '登录',
    lead: '您的密码也用来打开您的消息。',
    email: '邮箱',
    password: '密码',
    submit: '登录',
    forgot: '忘记密码？',
    ended: '此浏览器已被退出登录。登录后即可继续，您写的内容都还在。',
    candidate: '通过猎头的链接而来？请再次打开该链接；若已设置密码，也可在此登录。',
    recover: {
      title: '找回账户',
      lead: '用恢复单上的十二个词设置新密码。所有消息仍可阅读。',
      words: '恢复词',
      wordsHint: '全部十二个词，按恢复单上的顺序。空格和换行不影响。',
      count: (count) => `${count} / 12`,
      newPassword: '新密码',
      passwordHint: '至少 10 个字符。几个随机的词语就很好。',
      submit: '设置密码并登录',
      back: '返回登录',
      noKit: '手边没有恢复单？请联系公司的合伙人。',
      unknown: (position, word) => `第 ${position} 个词“${word}”不在词表中。`,
      suggest: (position, words) => `第 ${position} 个词：您是指 ${words} 吗？`,
    },
  },
);

export const t = createTranslator(signInMessages);
