// When tokens are issued, renewed and taken back.
import { describe, expect, it, vi } from 'vitest';
import type { IssuedToken } from './token';
import { createTokenSource } from './token-source';

function setUp(life: number | 'endless' = 1000) {
  let now = 0;
  let count = 0;
  const revoke = vi.fn(async () => {});
  const issue = vi.fn(async (): Promise<IssuedToken> => {
    count += 1;
    return { token: `t${count}`, ...(life === 'endless' ? { revoke } : { expiresAt: now + life }) };
  });
  const source = createTokenSource(issue, { now: () => now });
  return { source, issue, revoke, at: (moment: number) => (now = moment) };
}

describe('a token', () => {
  it('is issued when first asked for, and kept for the first four fifths of its life', async () => {
    const { source, issue, at } = setUp();
    expect(issue).not.toHaveBeenCalled();
    expect((await source.current()).token).toBe('t1');
    at(799);
    expect((await source.current()).token).toBe('t1');
    at(800);
    expect((await source.current()).token).toBe('t2');
    expect(issue).toHaveBeenCalledTimes(2);
  });

  it('is renewed once for all who ask meanwhile', async () => {
    const { source, issue, at } = setUp();
    await Promise.all([source.current(), source.current()]);
    at(900);
    const both = await Promise.all([source.current(), source.current()]);
    expect(both.map(({ token }) => token)).toEqual(['t2', 't2']);
    expect(issue).toHaveBeenCalledTimes(2);
  });

  it('is good until its end when no new one can be had, and not beyond', async () => {
    const { source, issue, at } = setUp();
    await source.current();
    issue.mockRejectedValue(new Error('away'));
    at(999);
    expect((await source.current()).token).toBe('t1');
    at(1000);
    await expect(source.current()).rejects.toThrow('away');
  });

  it('without an end is never renewed, and taken back at the end', async () => {
    const { source, issue, revoke, at } = setUp('endless');
    await source.current();
    at(10 ** 12);
    await source.current();
    expect(issue).toHaveBeenCalledTimes(1);
    await source.close();
    expect(revoke).toHaveBeenCalledTimes(1);
  });
});
