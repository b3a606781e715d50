import { createTranslator, defineMessages } from '../platform/i18n/messages.ts';

export const uiMessages = defineMessages(
  {
    close: 'Close',
    cancel: 'Cancel',
    loading: 'Loading',
    dismiss: 'Dismiss',
    undo: 'Undo',
    noMatches: 'No matches',
    clear: 'Clear',
    open: 'Show choices',
    notifications: 'Notifications',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    optional: 'optional',
    share: {
      copy: 'Copy link',
      copied: 'Copied',
      notCopied: 'The browser did not allow it. Select the link and copy it by hand.',
      mail: 'Mail',
      code: 'QR code',
      codeHint: 'Point a phone’s camera at it.',
      send: 'Share…',
      codeLabel: 'The link as a QR code',
    },
    strength: { weakest: 'Very easy to guess', weak: 'Easy to guess', fair: 'Good enough', good: 'Strong', strong: 'Very strong' },
  },
  {
    close: '关闭',
    cancel: '取消',
    loading: '加载中',
    dismiss: '关闭提示',
    undo: '撤销',
    noMatches: '没有匹配项',
    clear: '清除',
    open: '显示选项',
    notifications: '通知',
    showPassword: '显示密码',
    hidePassword: '隐藏密码',
    optional: '选填',
    share: { copy: '复制链接', copied: '已复制', notCopied: '浏览器不允许复制。请选中链接手动复制。', mail: '邮件', send: '分享…', code: '二维码', codeHint: '用手机相机扫描。', codeLabel: '链接的二维码' },
    strength: { weakest: '非常容易被猜到', weak: '容易被猜到', fair: '可以使用', good: '强', strong: '很强' },
  },
);

export const uiText = createTranslator(uiMessages);
