/**
 * The agency that `npm start -- --sample` founds. All of it is invented; every address ends in example.com.
 * Threads are written by real clients afterwards, so this file holds only words.
 */

export interface SampleColleague {
  key: string;
  name: string;
  email: string;
  role: 'partner' | 'consultant';
}

export interface SamplePerson {
  key: string;
  name: string;
  title: string;
  company: string;
  location: string;
  email: string;
  phone?: string;
  wechat?: string;
  tags: string[];
  note?: string;
}

export interface SampleThread {
  person: string;
  /** Who of the agency writes. */
  by: string;
  /** `>` the agency, `<` the candidate. A thread without a `<` has an unclaimed link. */
  lines: readonly `${'>' | '<'} ${string}`[];
  /** The candidate chose a password. */
  password?: boolean;
  /** Nobody of the agency has read the last line yet. */
  unread?: boolean;
  /** What was promised in it, and in how many days it is due; less than 0: overdue. */
  promise?: { body: string; dueIn: number };
}

export interface SampleProject {
  key: string;
  name: string;
  client: string;
  publicTitle: string;
  locale: 'en' | 'zh-CN';
  lead: string;
  members: string[];
  /** Person keys by index of the stage they have reached. */
  board: readonly (readonly string[])[];
  threads: readonly SampleThread[];
}

/** Everybody's: it protects nothing but invented words. */
export const password = 'this is only a sample';

export const firmName = 'Harbor Search 海岸寻访';

export const colleagues: readonly SampleColleague[] = [
  { key: 'mei', name: 'Mei Lin 林梅', email: 'mei.lin@example.com', role: 'partner' },
  { key: 'jonas', name: 'Jonas Weber', email: 'jonas.weber@example.com', role: 'partner' },
  { key: 'ana', name: 'Ana Costa', email: 'ana.costa@example.com', role: 'consultant' },
  { key: 'haoran', name: '周浩然', email: 'haoran.zhou@example.com', role: 'consultant' },
];

const person = (
  key: string, name: string, title: string, company: string, location: string, tags: string[],
  more: Partial<Pick<SamplePerson, 'phone' | 'wechat' | 'note'>> = {},
): SamplePerson => ({ key, name, title, company, location, tags, email: `${key}@example.com`, ...more });

export const people: readonly SamplePerson[] = [
  person('wang.siyuan', '王思远', '工程经理', '流明数据', '杭州', ['platform', '推荐'], {
    phone: '+86 138 0013 8010', wechat: 'siyuan_w', note: '技术方向优先于薪资；配偶在杭州，不考虑北京。',
  }),
  person('chen.jiayi', '陈嘉怡', '资深平台工程师', '青禾云', '上海', ['platform'], { wechat: 'jiayi_c' }),
  person('liu.yang', '刘洋', '数据平台负责人', '远帆物流', '上海', ['platform', 'referral'], { phone: '+86 139 0013 9020' }),
  person('zhao.min', '赵敏', '基础架构总监', '北辰支付', '深圳', ['platform']),
  person('sun.li', '孙立', '首席架构师', '云岭科技', '杭州', ['platform', 'architecture']),
  person('xu.wenbo', '徐文博', '平台工程师', '海图智能', '上海', ['platform']),
  person('he.yutong', '何雨桐', 'SRE 经理', '启明软件', '南京', ['sre']),
  person('gao.ruixin', '高瑞欣', '云平台产品经理', '青禾云', '杭州', ['product']),
  person('ma.chengyu', '马成宇', '分布式系统专家', '磐石存储', '北京', ['platform']),
  person('lin.xiaotong', '林晓彤', '研发效能负责人', '流明数据', '上海', ['platform', 'devex']),
  person('priya.shah', 'Priya Shah', 'VP Finance', 'Tidewater Energy', 'London', ['finance', 'cfo-ready'], {
    phone: '+44 20 7946 0018', note: 'Has a written offer elsewhere; decides by the end of the month.',
  }),
  person('marta.oliveira', 'Marta Oliveira', 'Group Financial Controller', 'Solstice Foods', 'Lisbon', ['finance']),
  person('anders.krog', 'Anders Krog', 'CFO', 'Fjordline Freight', 'Copenhagen', ['finance', 'cfo-ready']),
  person('daniel.roth', 'Daniel Roth', 'Director FP&A', 'Meridian Rail', 'Zurich', ['finance']),
  person('hana.brandt', 'Hana Brandt', 'Deputy CFO', 'Kestrel Insurance', 'Munich', ['finance', 'cfo-ready']),
  person('olivier.petit', 'Olivier Petit', 'Head of Treasury', 'Lumière Retail', 'Paris', ['treasury']),
  person('grace.mensah', 'Grace Mensah', 'Finance Transformation Lead', 'Volta Grid', 'London', ['finance']),
  person('tomas.novak', 'Tomáš Novák', 'CFO', 'Amber Logistics', 'Prague', ['finance', 'cfo-ready']),
  person('siobhan.kelly', 'Siobhán Kelly', 'Finance Director', 'Harrow Medical', 'Dublin', ['finance']),
  person('rafael.ortega', 'Rafael Ortega', 'Group Controller', 'Cobalt Mobility', 'Madrid', ['finance']),
  person('zhang.wei', '张薇', '市场总监', '橙果食品', '上海', ['marketing', '快消'], { wechat: 'vivian_zw' }),
  person('li.mengyao', '李梦瑶', '品牌负责人', '白鹭饮品', '广州', ['marketing', 'brand']),
  person('wu.jianhong', '吴建宏', '增长负责人', '邻里生鲜', '上海', ['growth']),
  person('zheng.kexin', '郑可欣', '电商总监', '茉莉护肤', '杭州', ['e-commerce', '快消']),
  person('huang.zitao', '黄子韬', '数字营销经理', '橙果食品', '上海', ['marketing']),
  person('feng.yiran', '冯怡然', '用户研究总监', '白鹭饮品', '北京', ['research']),
  person('yang.bowen', '杨博文', '渠道总监', '山泉乳业', '成都', ['sales', '快消']),
  person('emily.chow', 'Emily Chow 周慧仪', 'Regional Marketing Director', 'Jasmine Beauty', 'Hong Kong', ['marketing', 'bilingual']),
  person('tang.xinyi', '唐欣怡', '公关负责人', '茉莉护肤', '上海', ['pr']),
  person('cao.zhiyuan', '曹致远', '市场副总裁', '山泉乳业', '上海', ['marketing', 'vp-ready']),
];

export const projects: readonly SampleProject[] = [
  {
    key: 'platform', name: '平台工程负责人', client: '轨道数据 Orbital', publicTitle: '上海一家数据公司的平台工程负责人',
    locale: 'zh-CN', lead: 'mei', members: ['haoran'],
    board: [['xu.wenbo', 'ma.chengyu', 'gao.ruixin'], ['zhao.min', 'he.yutong'], ['chen.jiayi', 'sun.li'], ['wang.siyuan', 'liu.yang'], ['lin.xiaotong']],
    threads: [
      { person: 'wang.siyuan', by: 'mei', password: true, unread: true, promise: { body: '发送周三和 CTO 视频的链接', dueIn: 1 }, lines: [
        '> 思远您好，我是海岸寻访的林梅。我们在为上海一家数据公司找平台工程负责人，想到了您。',
        '< 您好，我看了职位介绍，对平台团队的方向很感兴趣。',
        '> 太好了。团队现在 14 人，直接向 CTO 汇报。方便聊聊您目前的团队规模和期望吗？',
        '< 目前带 9 个人。更看重技术方向，薪资希望不低于现在。',
        '> 明白。周三下午三点方便和 CTO 视频聊 45 分钟吗？',
        '< 周三下午三点可以，麻烦发个链接',
      ] },
      { person: 'chen.jiayi', by: 'mei', lines: [
        '> 嘉怡您好，方便发一份最新的简历吗？我先给客户看匿名版本。',
        '< 可以，请先不要透露我现在的公司。',
        '> 当然，没有您的同意，我们不会发送任何资料。',
        '< 简历已更新，请查收',
      ] },
      { person: 'liu.yang', by: 'mei', lines: [
        '> 刘洋您好，第一轮的反馈很好，客户想约第二轮。',
        '< 谢谢，请问第二轮是谁来面？',
        '> CTO 和人力负责人各半小时。对方也希望了解您的期望薪资。',
        '< 周五之前给您答复。',
      ] },
      { person: 'sun.li', by: 'mei', lines: ['> 孙立您好，下周一上午十点视频方便吗？', '< 好的，下周见'] },
      { person: 'zhao.min', by: 'mei', lines: ['> 赵敏您好，我在为一家数据公司找平台工程负责人，团队在上海，可以远程两天。期待您的回复。'] },
    ],
  },
  {
    key: 'cfo', name: 'Chief Financial Officer', client: 'Northwind Offshore', publicTitle: 'CFO of a listed offshore-wind company in London',
    locale: 'en', lead: 'jonas', members: ['ana', 'mei'],
    board: [['grace.mensah', 'rafael.ortega', 'siobhan.kelly'], ['daniel.roth', 'olivier.petit'], ['marta.oliveira', 'tomas.novak'], ['hana.brandt', 'anders.krog'], ['priya.shah']],
    threads: [
      { person: 'priya.shah', by: 'jonas', password: true, promise: { body: 'Ask the board how soon they can put an offer in writing', dueIn: -1 }, lines: [
        '> Priya, the board liked the second conversation a great deal. How do you feel about it?',
        '< Very positive. One thing to say openly: there is another process, and they are quick.',
        '> Thank you for telling me. When do they expect an answer?',
        '< I have the written offer now, can we talk tonight?',
        '< After 19:00 London works.',
      ] },
      { person: 'marta.oliveira', by: 'ana', lines: [
        '> Hello Marta, Ana from Harbor Search. We spoke about the offshore-wind CFO role at the controllers’ forum.',
        '< Hi Ana! Yes, I remember. Could you send me the brief?',
        '> Here is the brief we spoke about: four divisions, a listed parent, a team of 60. The refinancing next spring is the first big task.',
      ] },
      { person: 'anders.krog', by: 'mei', lines: [
        '> Anders, would Tuesday at 11:00 CET suit you for a first call with the chair?',
        '< Tuesday is fine. Who else will be there?',
        '> Only the chair and the head of the audit committee.',
      ] },
      { person: 'hana.brandt', by: 'mei', unread: true, promise: { body: 'Send the panel’s names and the agenda', dueIn: 3 }, lines: ['> Hana, the panel is confirmed for the 26th, 09:00 London time.', '< Could you share who else is on the panel?'] },
    ],
  },
  {
    key: 'marketing', name: '市场副总裁', client: '晨露食品', publicTitle: '华东一家快消企业的市场副总裁',
    locale: 'zh-CN', lead: 'haoran', members: ['mei', 'ana'],
    board: [['huang.zitao', 'feng.yiran', 'tang.xinyi'], ['wu.jianhong', 'yang.bowen'], ['li.mengyao'], ['zhang.wei', 'emily.chow', 'zheng.kexin'], ['cao.zhiyuan']],
    threads: [
      { person: 'zhang.wei', by: 'haoran', lines: [
        '> 张薇您好，听说您在橙果负责了整条新品线，想请教一下您对下一步的想法。',
        '< 您好浩然，确实在看机会，但时间上希望年后再动。',
        '> 年后完全没问题，客户的预算年度也是从三月开始。',
        '< 那可以先聊聊。团队规模和汇报线是怎样的？',
      ] },
      { person: 'emily.chow', by: 'mei', lines: [
        '> Emily, the role would be based in Shanghai with a week a month in Hong Kong. Would that work for you?',
        '< It would. 普通话和英文都可以，请问面试会用哪种语言？',
        '> 第一轮中文，第二轮英文。',
      ] },
      { person: 'cao.zhiyuan', by: 'haoran', unread: true, lines: ['> 致远您好，客户准备了口头录用意向，明天上午我给您电话？', '< 好的，十点以后都方便。', '< 另外想确认一下签约奖金的部分。'] },
    ],
  },
];
