import type { MessageItem, TimelineItem } from '@baton/messaging';
import type { ConversationSummary } from '../contract.ts';
import { sampleViewer, type FakeRoom } from './makeFakeClient.ts';

/**
 * An inbox as an agency's consultant may see it, for tests of views and for pictures: Chinese and English, every state
 * of a message and of a link. Times hang on `now`.
 */
export function makeSampleThreads(now: number): { conversations: ConversationSummary[]; rooms: Record<string, FakeRoom> } {
  const minute = 60_000;
  const hour = 60 * minute;
  const day = 24 * hour;
  let counter = 0;

  const candidateMxid = (index: number) => `@c-${index}:baton.test`;
  const me = sampleViewer.mxid;
  const jonas = '@m-jonas:baton.test';

  function say(sender: string, body: string, ago: number, more: Partial<MessageItem> = {}): MessageItem {
    const key = `sample-${++counter}`;
    const mine = sender === me;
    return {
      kind: 'message', key, eventId: `$${key}`, sender, mine, body, at: now - ago, reply: null, authenticity: 'certified',
      status: mine ? 'read' : null, failure: null, reached: { delivered: [], read: [] }, ...more,
    };
  }
  const quote = (message: MessageItem): MessageItem['reply'] => ({ key: message.key, eventId: message.eventId!, sender: message.sender, excerpt: message.body });

  const stages = ['Identified', 'Contacted', 'First interview', 'Client interview', 'Offer'];
  function conversation(index: number, name: string, project: string, about: string, more: Partial<ConversationSummary> = {}): ConversationSummary {
    const mxid = candidateMxid(index);
    return {
      conversationId: `con_${String(index).padStart(32, '0')}`, roomId: `!room${index}:baton.test`, candidateName: name, firmName: 'Harbor Search', about,
      state: 'ENTERED', ownerId: sampleViewer.accountId, ownerName: sampleViewer.name,
      team: [
        { accountId: sampleViewer.accountId, name: sampleViewer.name, mxid: me, role: 'CONSULTANT' },
        { accountId: 'acc_jonas', name: 'Jonas Weber', mxid: jonas, role: 'PARTNER' },
        { accountId: 'acc_ana', name: 'Ana Costa', mxid: '@m-ana:baton.test', role: 'RESEARCHER' },
      ],
      candidate: { accountId: `acc_${index}`, name, mxid }, candidacyId: `cdy_${String(index).padStart(32, '0')}`, personId: `per_${String(index).padStart(32, '0')}`,
      projectId: 'prj_1', projectName: project, stageName: stages[index % stages.length]!, 
      invitation: {
        id: `inv_${index}`, state: 'CLAIMED', expiresAt: new Date(now + 12 * day).toISOString(), claimedAt: new Date(now - 3 * day).toISOString(),
        claimedOn: 'Safari on iPhone', reportReason: null, mine: true,
      },
      reportedAt: null, formerly: [],
    createdAt: new Date(now - 5 * day).toISOString(), ...more,
    };
  }
  const invited = (index: number, more: Partial<NonNullable<ConversationSummary['invitation']>> = {}): Partial<ConversationSummary> => ({
    state: 'INVITED', candidate: null,
    invitation: { id: `inv_${index}`, state: 'OPEN', expiresAt: new Date(now + 13 * day).toISOString(), claimedAt: null, claimedOn: null, reportReason: null, mine: true, ...more },
  });

  const platform = 'Head of Platform · Orbital';
  const cfo = 'CFO · Northwind';
  const asked = say(me, '太好了。团队现在 14 人，直接向 CTO 汇报。方便聊聊您目前的团队规模和期望吗？', day - 20 * minute, { status: 'read', reached: { delivered: [], read: [candidateMxid(1)] } });
  const earlierTopics = [
    '您好，方便介绍一下目前的情况吗？', '这边是一家做数据平台的公司，B 轮，上海。', '听起来不错，团队多大？', 'Could you share a bit more about the stack?',
    'Mostly Rust and Go on Kubernetes, with Flink for streaming.', '远程可以吗？', '每周两天在办公室，其余时间灵活。', '明白了，我考虑一下。',
  ];
  const earlier = Array.from({ length: 3 }, (_, page) =>
    earlierTopics.concat(earlierTopics).map((text, index) => say(index % 3 === 1 ? me : candidateMxid(1), text, (5 - page) * day - index * 11 * minute)),
  );

  const threads: [ConversationSummary, FakeRoom][] = [
    [
      conversation(1, '王思远', platform, 'Head of Platform at a data company in Shanghai'),
      {
        earlier,
        unreadCount: 2,
        items: [
          { kind: 'membership', key: 'm1', change: 'joined', userId: candidateMxid(1), at: now - 2 * day },
          say(me, '王先生您好！我是 Harbor Search 的林玫。我们在为一家上海的数据公司找平台负责人，想和您聊聊。', day + 3 * hour, { reached: { delivered: [], read: [candidateMxid(1)] } }),
          say(me, '职位介绍在这里：https://harbor.example/roles/head-of-platform', day + 3 * hour - minute),
          say(candidateMxid(1), '您好，我看了职位介绍，对平台团队的方向很感兴趣。', day),
          asked,
          say(candidateMxid(1), '目前带 9 个人。更看重技术方向，薪资希望不低于现在。', 90 * minute, { reply: quote(asked) }),
          say(candidateMxid(1), '另外想确认一下，汇报线是 CTO 还是 CEO？', 89 * minute),
          say(jonas, 'CTO. Happy to introduce you next week — she is in Shanghai from Tuesday on.', 75 * minute),
          say(me, '下周三（25 日）下午三点视频聊 45 分钟，您方便吗？', 60 * minute, { reached: { delivered: [], read: [candidateMxid(1)] } }),
          say(candidateMxid(1), '周三下午三点可以，麻烦发个链接', 8 * minute),
          say(candidateMxid(1), '👍', 7 * minute),
        ],
      },
    ],
    [
      conversation(2, 'Priya Shah', cfo, 'Chief Financial Officer at a logistics group'),
      {
        unreadCount: 1,
        items: [
          say(me, 'Good news, Priya: the board would like to move fast. Would Thursday suit you for a call with the chair?', 5 * hour),
          say(candidateMxid(2), 'I have the written offer now, can we talk about the equity part before I answer? There are two things in the vesting schedule I do not understand.', 22 * minute),
        ],
      },
    ],
    [
      conversation(3, '陈嘉怡', platform, 'Head of Platform at a data company in Shanghai'),
      { items: [say(candidateMxid(3), '简历已更新，请查收', 47 * minute), say(me, '收到，谢谢！我今天看完给您反馈。', 40 * minute, { status: 'delivered', reached: { delivered: [candidateMxid(3)], read: [] } })] },
    ],
    [
      conversation(4, 'Marta Oliveira', cfo, 'Chief Financial Officer at a logistics group', invited(4)),
      { items: [say(me, 'Hello Marta, Jonas mentioned that you may be open to a move back to Lisbon. I am looking for a CFO for a family-owned group there and your years at Galp came up twice.', 3 * hour, { status: 'sent' })] },
    ],
    [
      conversation(5, '刘洋', platform, 'Head of Platform at a data company in Shanghai'),
      { items: [say(candidateMxid(5), '对方希望了解您的期望薪资范围吗？', 5 * hour), say(me, '是的，大致范围就可以，不用很精确。', 4 * hour, { status: 'failed', eventId: null, failure: { code: 'UNCERTIFIED_MEMBER' } })] },
    ],
    [conversation(6, 'Anders Krog', cfo, 'Chief Financial Officer at a logistics group'), { draft: 'Dear Anders, following up on', items: [say(candidateMxid(6), 'Thanks, let me think about it over the weekend.', 2 * day)] }],
    [conversation(7, '赵敏', platform, 'Head of Platform at a data company in Shanghai'), { items: [say(me, '期待您的回复', 2 * day, { status: 'sent' })] }],
    [
      conversation(8, 'Daniel Roth', 'VP Sales · Kite', 'VP Sales at a fintech in Berlin', { ownerId: 'acc_jonas', ownerName: 'Jonas Weber' }),
      { items: [say(jonas, 'Would you be open to a short call?', 4 * day), say(candidateMxid(8), 'Thanks, not the right moment, but I would be glad to hear from you in spring.', 4 * day - hour)] },
    ],
    [conversation(9, '孙立', platform, 'Head of Platform at a data company in Shanghai', invited(9, { state: 'EXPIRED', expiresAt: new Date(now - day).toISOString() })), { items: [say(me, '孙先生您好，有一个平台负责人的机会想和您聊聊。', 15 * day, { status: 'sent' })] }],
    [conversation(10, 'Hana Brandt', 'VP Sales · Kite', 'VP Sales at a fintech in Berlin'), { items: [say(candidateMxid(10), 'Could you share who else is on the leadership team?', 5 * day)] }],
    [conversation(11, 'Tomás Vidal', 'VP Sales · Kite', 'VP Sales at a fintech in Berlin', { state: 'LEFT' }), { items: [say(candidateMxid(11), 'I have accepted another offer. Thank you for everything!', 8 * day), { kind: 'membership', key: 'm11', change: 'left', userId: candidateMxid(11), at: now - 8 * day }] as TimelineItem[] }],
  ];
  const first = threads[0]![1];
  first.firstUnread = first.items.at(-2)!.key;

  return { conversations: threads.map(([summary]) => summary), rooms: Object.fromEntries(threads.map(([summary, room]) => [summary.roomId, room])) };
}
