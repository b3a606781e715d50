import type { WireEvent } from '@baton/messaging';
import { describe, expect, test } from 'vitest';
import { isNews } from './membersNews.ts';

const [own, colleague, candidate, service] = ['@m-me:x', '@m-bo:x', '@c-lin:x', '@svc:x'];
const member = (userId: string, membership: string): WireEvent =>
  ({ roomId: '!r', eventId: `$${userId} ${membership}`, type: 'm.room.member', sender: service, stateKey: userId, content: { membership }, originServerTs: 1 });
const update = (timeline: WireEvent[], state: WireEvent[] = []) => ({ timeline, state });

describe('the lists are asked for again', () => {
  test('where the firm’s people in a room are others than they say', () => {
    expect(isNews(update([member(colleague, 'join')]), [own], own)).toBe(true);
    expect(isNews(update([member(colleague, 'leave')]), [own, colleague], own)).toBe(true);
    expect(isNews(update([member(own, 'leave')]), [own], own)).toBe(true);
  });

  test('when a candidate came or went, who is in another state from then on', () => {
    for (const membership of ['join', 'leave']) expect(isNews(update([member(candidate, membership)]), [own], own)).toBe(true);
  });

  test('of a room that they don’t have, or not with the viewer', () => {
    expect(isNews(update([member(own, 'join')]), null, own)).toBe(true);
    expect(isNews(update([member(own, 'join')]), [colleague], own)).toBe(true);
  });
});

describe('the lists are left alone', () => {
  test('where they knew who comes and who goes', () => {
    expect(isNews(update([member(colleague, 'invite'), member(colleague, 'join')]), [own, colleague], own)).toBe(false);
    expect(isNews(update([member(colleague, 'join'), member(colleague, 'leave')]), [own], own)).toBe(false);
    expect(isNews(update([member(service, 'join')]), [own], own)).toBe(false);
  });

  test('when the viewer comes to a room that they have, whoever is still in it', () => {
    expect(isNews(update([member(own, 'join')], [member(colleague, 'join'), member(candidate, 'join'), member(own, 'invite')]), [own], own)).toBe(false);
  });

  test('by what is no membership', () => {
    expect(isNews(update([{ ...member(colleague, 'join'), type: 'm.room.encrypted', stateKey: undefined } as unknown as WireEvent]), null, own)).toBe(false);
  });
});
