import { createTranslator, defineMessages } from '../../platform/i18n/messages.ts';

/** Sentences of what is seldom seen, loaded with it: why a message did not go out, and what can be done with one. */
export const conversationLaterMessages = defineMessages(
  {
    menu: 'Message actions',
    retry: 'Retry',
    edit: 'Edit',
    remove: 'Delete',
    failure: {
      UNCERTIFIED_MEMBER: 'Not sent: somebody in this conversation could not be identified, so it was held back to protect it.',
      NOT_ALLOWED: 'Not sent: you no longer take part in this conversation.',
      MESSAGE_TOO_LONG: 'Not sent: it is too long. Edit it and send it in parts.',
      other: 'Not sent. Try again, or edit it.',
    },
    held: {
      UNCERTIFIED_MEMBER: 'Held back: somebody in this conversation could not be identified.',
      GHOST_MEMBER: 'Held back: somebody is in this conversation who does not belong to the project.',
      LOG_ROLLBACK: 'Held back: the server hides who can read now. A message that arrived here names a newer list than the server shows.',
      LOG_FORK: 'Held back: the server shows different people different lists of who can read.',
      both: (why: string, todo: string) => `${why} ${todo}`,
      wait: 'It goes out by itself as soon as they are.',
      tellPartner: 'Tell a partner of your firm, and not by this app. It goes out by itself when this is put right.',
      tellRecruiter: 'Tell the recruiter by telephone or e-mail. It goes out by itself when this is put right.',
    },
  },
  {
    menu: '消息操作',
    retry: '重试',
    edit: '编辑',
    remove: '删除',
    failure: {
      UNCERTIFIED_MEMBER: '未发送：对话中有成员身份无法确认，为保护内容已暂停发送。',
      NOT_ALLOWED: '未发送：您已不在此对话中。',
      MESSAGE_TOO_LONG: '未发送：消息太长。请编辑后分几条发送。',
      other: '未发送。请重试或编辑。',
    },
    held: {
      UNCERTIFIED_MEMBER: '暂未发送：对话中有成员身份无法确认。',
      GHOST_MEMBER: '暂未发送：对话中有不属于此项目的人。',
      LOG_ROLLBACK: '暂未发送：服务器隐瞒了目前谁可以阅读。收到的一条消息提到的名单比服务器显示的更新。',
      LOG_FORK: '暂未发送：服务器向不同的人显示了不同的可阅读名单。',
      both: (why, todo) => `${why}${todo}`,
      wait: '确认后会自动发送。',
      tellPartner: '请通过其他方式告诉公司的合伙人。问题解决后会自动发送。',
      tellRecruiter: '请通过电话或电子邮件告诉招聘顾问。问题解决后会自动发送。',
    },
  },
);

export const later = createTranslator(conversationLaterMessages);
