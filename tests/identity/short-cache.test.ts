import { expect, it } from 'vitest';
import { createShortCache } from '../../backend/identity/index.ts';

function setup(maxEntries = 10) {
  let now = 1000;
  let loads = 0;
  const cache = createShortCache<number>({ ttlMs: 3000, maxEntries, clock: () => new Date(now) });
  return {
    cache,
    advance: (ms: number) => {
      now += ms;
    },
    get: (key: string) => cache.get(key, async () => ++loads),
  };
}

it('answers from memory for as long as it may, and not a millisecond longer', async () => {
  const { get, advance } = setup();
  expect(await get('a')).toBe(1);
  advance(2999);
  expect(await get('a')).toBe(1);
  advance(1);
  expect(await get('a')).toBe(2);
});

it('loads once for askers at the same time', async () => {
  const { get } = setup();
  expect(await Promise.all([get('a'), get('a'), get('a')])).toEqual([1, 1, 1]);
});

it('does not trust an entry from the future when the clock goes back', async () => {
  const { get, advance } = setup();
  await get('a');
  advance(-10);
  expect(await get('a')).toBe(2);
});

it('holds no more than it may', async () => {
  const { get } = setup(2);
  await get('a');
  await get('b');
  await get('c');
  expect(await get('a')).toBe(4);
  expect(await get('c')).toBe(3);
});

it('does not remember a failure', async () => {
  const { cache } = setup();
  await expect(cache.get('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await cache.get('a', async () => 7)).toBe(7);
});
