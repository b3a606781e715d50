import { defineMessages } from '../i18n/messages.ts';

type Details = Readonly<Record<string, string | number>>;

const seconds = (details: Details): number => Math.max(1, Math.ceil(Number(details['retryAfterSeconds'] ?? details['seconds'] ?? 60)));

/**
 * One sentence per code: what happened, and what to do. Here are those that anybody may meet, candidates included; the
 * others are in moreErrors.messages.ts, which loads when it is needed. errors.test.tsx holds both against every code.
 */
export const errorMessages = defineMessages(
  {
    UNAUTHENTICATED: 'You are signed out. Sign in again to go on.',
    FORBIDDEN: 'You are not allowed to do this. A partner of your firm can help.',
    NOT_ALLOWED: 'You are not allowed to do this. A partner of your firm can help.',
    NOT_FOUND: 'This is not here any more, or you may not see it.',
    THROTTLED: (details: Details) => `Too many attempts. Try again in ${seconds(details)} s.`,
    BAD_REQUEST: 'This page did not fit the server. Reload it, then try again.',
    INTERNAL: 'Something went wrong on the server. Nothing was changed; try again in a minute.',
    ORIGIN_REFUSED: 'The request came from another website and was refused. Open the app from its own address.',
    UNKNOWN_DOCUMENT: 'This page is older than the server. Reload it, then try again.',
    OFFLINE: 'There is no connection. Try again once you are online.',
    SERVER_UNREACHABLE: 'The server does not answer. Try again in a minute.',
    UNEXPECTED: 'Something went wrong here. Reload the page; what you wrote is kept.',
    REQUIRED: 'Fill this in.',
    INVALID_TEXT: 'This holds a character that cannot be kept. Type it anew.',
    TOO_LONG: (details: Details) => (details['max'] === undefined ? 'This is too long. Shorten it.' : `This is too long. At most ${details['max']} characters.`),
    INVALID_EMAIL: 'This is not an e-mail address. It looks like name@firm.com.',
    EMAIL_TAKEN: 'Somebody signs in with this address already. Use another one, or sign in.',
    NAME_NEEDS_LETTER: 'A name needs at least one letter or digit.',
    WRONG_CREDENTIALS: 'E-mail and password do not belong together. Check both, or use your recovery code.',
    WRONG_PASSWORD: 'The current password is not right. Try it again.',
    WEAK_PASSWORD: (details: Details) =>
      details['reason'] === 'short'
        ? `This password is too short. Use at least ${details['least'] ?? 10} characters; a few random words do well.`
        : details['reason'] === 'personal'
          ? 'This password is made of your name, your firm or your address. Choose something that nobody knows of you.'
          : 'This password is among the first that people try. Choose a few random words instead.',
    SESSION_ENDED: 'This browser was signed out. Sign in again to go on; what you wrote is kept.',
    MATRIX_UNAVAILABLE: 'The message server does not answer. Try again in a minute.',
    STORAGE_FULL: 'This browser has no room left. Free some space on the device, then try again.',
    STORAGE_UNAVAILABLE: 'This browser does not let pages store anything. Leave private browsing, or use another browser.',
    STATEMENT_INVALID: 'A signature does not hold. Reload the page, then try again.',
    CERTIFICATE_REQUIRED: 'Your account is still getting ready. Wait a moment, then try again.',
    DEVICE_SEAL_BROKEN: 'What this browser stored cannot be opened any more. Sign in again; your messages are still there.',
    SIGNED_OUT: 'You are signed out. Sign in again to go on.',
    LINK_BROKEN: 'This link is incomplete. Copy it whole from the message that you got.',
    LINK_EXPOSED: 'The app that this link came through changed it, and its secret part was sent to the server. Ask for a new one, and have it sent in another way.',
    LINK_UNKNOWN: 'There is no such invitation. Ask for a new link.',
    LINK_FORGED: 'This link was not signed by the firm that it names. Do not use it, and ask for a new one.',
    LINK_EXPIRED: 'This invitation has expired. Ask for a new link.',
    LINK_REVOKED: 'This invitation was taken back. Ask for a new link.',
    ALREADY_CLAIMED: 'Somebody has used this invitation already. If that was not you, tell the person who sent it.',
    CONVERSATION_OVER: 'The candidate has left this conversation. Nothing more can be sent.',
    MESSAGE_TOO_LONG: 'This message is too long. Send it in two parts.',
    MESSAGE_EMPTY: 'There is nothing to send. Write something first.',
    NOT_ENTERED: 'The candidate has not come in yet. Try again once they have opened the link.',
    NOT_A_MEMBER: 'You are not in this conversation any more, so nothing more can be sent.',
    SEND_REFUSED: 'The message server did not take this message. Try again, or write it anew.',
    MESSAGE_ON_ITS_WAY: 'This message is going out right now and cannot be taken back.',
    UNCERTIFIED_MEMBER: 'Held back: somebody in this conversation could not be identified. Try again in a minute.',
    ROOM_NOT_ENCRYPTED: 'Held back: this conversation is not encrypted. Tell a partner of your firm.',
    IDENTITY_LOST: 'This browser cannot open your messages. Sign out here and sign in again.',
    STORAGE_BLOCKED: 'Another tab holds an older version of this page. Close the other tabs, then reload this one.',
    CLOSED: 'This page has stopped its work in the background. Reload it to go on.',
    ALREADY_SIGNED_IN: 'Somebody is signed in on this browser already. Sign out first.',
  },
  {
    UNAUTHENTICATED: '您已退出登录。请重新登录后继续。',
    FORBIDDEN: '您没有权限执行此操作。请联系公司的合伙人。',
    NOT_ALLOWED: '您没有权限执行此操作。请联系公司的合伙人。',
    NOT_FOUND: '内容已不存在，或您无权查看。',
    THROTTLED: (details) => `尝试次数过多。请在 ${seconds(details)} 秒后再试。`,
    BAD_REQUEST: '此页面与服务器不匹配。请刷新页面后再试。',
    INTERNAL: '服务器出错了。没有任何改动，请稍后再试。',
    ORIGIN_REFUSED: '请求来自其他网站，已被拒绝。请从本应用自己的网址打开。',
    UNKNOWN_DOCUMENT: '此页面比服务器旧。请刷新页面后再试。',
    OFFLINE: '没有网络连接。请在联网后再试。',
    SERVER_UNREACHABLE: '服务器没有响应。请稍后再试。',
    UNEXPECTED: '这里出错了。请刷新页面，您写的内容会保留。',
    REQUIRED: '请填写此项。',
    INVALID_TEXT: '其中有无法保存的字符。请重新输入。',
    TOO_LONG: (details) => (details['max'] === undefined ? '内容太长，请缩短。' : `内容太长，最多 ${details['max']} 个字符。`),
    INVALID_EMAIL: '这不是邮箱地址。格式如 name@firm.com。',
    EMAIL_TAKEN: '已有人使用此邮箱登录。请换一个邮箱，或直接登录。',
    NAME_NEEDS_LETTER: '姓名至少需要一个文字或数字。',
    WRONG_CREDENTIALS: '邮箱与密码不匹配。请检查后再试，或使用恢复码。',
    WRONG_PASSWORD: '当前密码不正确。请再试一次。',
    WEAK_PASSWORD: (details) =>
      details['reason'] === 'short'
        ? `密码太短。请至少使用 ${details['least'] ?? 10} 个字符，几个随机的词语就很好。`
        : details['reason'] === 'personal'
          ? '密码由您的姓名、公司或邮箱组成。请使用别人不知道的内容。'
          : '这个密码太常见。请改用几个随机的词语。',
    SESSION_ENDED: '此浏览器已被退出登录。请重新登录后继续，您写的内容会保留。',
    MATRIX_UNAVAILABLE: '消息服务器没有响应。请稍后再试。',
    STORAGE_FULL: '此浏览器没有剩余空间。请清理设备空间后再试。',
    STORAGE_UNAVAILABLE: '此浏览器不允许网页存储数据。请退出无痕模式，或换一个浏览器。',
    STATEMENT_INVALID: '签名无效。请刷新页面后再试。',
    CERTIFICATE_REQUIRED: '您的账户仍在准备中。请稍候再试。',
    DEVICE_SEAL_BROKEN: '此浏览器保存的内容已无法打开。请重新登录，您的消息都还在。',
    SIGNED_OUT: '您已退出登录。请重新登录后继续。',
    LINK_BROKEN: '链接不完整。请从收到的消息中完整复制。',
    LINK_EXPOSED: '转发此链接的应用改动了它，其中的密钥部分被发到了服务器。请索取新的链接，并请对方换一种方式发送。',
    LINK_UNKNOWN: '没有这个邀请。请索取新的链接。',
    LINK_FORGED: '此链接并非由其所称的公司签署。请勿使用，并索取新的链接。',
    LINK_EXPIRED: '邀请已过期。请索取新的链接。',
    LINK_REVOKED: '邀请已被撤回。请索取新的链接。',
    ALREADY_CLAIMED: '此邀请已被使用。如果不是您本人，请告诉发送邀请的人。',
    CONVERSATION_OVER: '候选人已离开此对话，无法继续发送。',
    MESSAGE_TOO_LONG: '消息太长。请分成两条发送。',
    MESSAGE_EMPTY: '没有可发送的内容。请先输入。',
    NOT_ENTERED: '候选人尚未进入对话。请在对方打开链接后再试。',
    NOT_A_MEMBER: '您已不在此对话中，无法继续发送。',
    SEND_REFUSED: '消息服务器未接受此消息。请重试，或重新书写。',
    MESSAGE_ON_ITS_WAY: '此消息正在发出，无法撤回。',
    UNCERTIFIED_MEMBER: '暂未发送：对话中有成员身份无法确认。请稍后再试。',
    ROOM_NOT_ENCRYPTED: '暂未发送：此对话未加密。请告诉公司的合伙人。',
    IDENTITY_LOST: '此浏览器无法打开您的消息。请在此退出登录后重新登录。',
    STORAGE_BLOCKED: '另一个标签页仍在使用旧版页面。请关闭其他标签页，然后刷新此页。',
    CLOSED: '此页面的后台工作已停止。请刷新后继续。',
    ALREADY_SIGNED_IN: '此浏览器已有人登录。请先退出登录。',
  },
);

/** For a code that nobody has translated yet. */
export const unknownErrorMessages = defineMessages(
  { unknown: (code: string) => `Something went wrong (${code}). Try again; if it stays, tell your administrator this code.` },
  { unknown: (code) => `出错了（${code}）。请再试一次；如果仍然如此，请把此代码告诉管理员。` },
);
