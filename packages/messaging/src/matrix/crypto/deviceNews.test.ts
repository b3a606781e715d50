import { beforeEach, describe, expect, it } from 'vitest';
import type { SyncResponse } from '../sync/response.ts';
import { makeDeviceNews, type DeviceNews } from './deviceNews.ts';

const quiet: SyncResponse = { next_batch: '1', device_one_time_keys_count: { signed_curve25519: 50 }, device_unused_fallback_key_types: ['signed_curve25519'] };
let news: DeviceNews;

beforeEach(() => {
  news = makeDeviceNews();
});

describe('What a sync says to the machine', () => {
  it('is news the first time, and again until it was taken in', () => {
    expect([news.isIn(quiet), news.isIn(quiet)]).toEqual([true, true]);
  });

  it('is nothing when it is what the machine heard last', () => {
    news.heard(quiet);
    expect(news.isIn({ ...quiet, next_batch: '2', to_device: { events: [] }, device_lists: { changed: [], left: [] } })).toBe(false);
  });

  it.each<[string, Partial<SyncResponse>]>([
    ['a message to the device', { to_device: { events: [{ type: 'm.room.encrypted', sender: '@a', content: {} }] } }],
    ['a changed device list', { device_lists: { changed: ['@a'] } }],
    ['somebody whose devices no longer concern us', { device_lists: { left: ['@a'] } }],
    ['a one-time key that was used up', { device_one_time_keys_count: { signed_curve25519: 49 } }],
    ['a fallback key that was used', { device_unused_fallback_key_types: [] }],
  ])('is news when it is %s', (_, change) => {
    news.heard(quiet);
    expect(news.isIn({ ...quiet, ...change })).toBe(true);
  });
});
