import { defineMessages } from '../i18n/messages.ts';

/** How devices are called. Names of products that are the same in every language are in none of these lists. */
export const deviceMessages = defineMessages(
  {
    on: (browser: string, system: string) => `${browser} on ${system}`,
    Browser: 'a browser',
    'an unknown device': 'an unknown device',
    WeChat: 'WeChat',
    DingTalk: 'DingTalk',
    Feishu: 'Feishu',
    LinkedIn: 'LinkedIn',
    'Samsung Internet': 'Samsung Internet',
  },
  {
    on: (browser, system) => `${system}上的${browser}`,
    Browser: '浏览器',
    'an unknown device': '未知设备',
    WeChat: '微信',
    DingTalk: '钉钉',
    Feishu: '飞书',
    LinkedIn: '领英',
    'Samsung Internet': '三星浏览器',
  },
);
