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
  },
);

export const later = createTranslator(conversationLaterMessages);
