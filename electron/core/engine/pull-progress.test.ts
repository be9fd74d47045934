// From messages about layers to one fraction that only grows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPullProgress } from './pull-progress';

const fetching = (id: string) => ({ status: 'Pulling fs layer', progressDetail: {}, id });
const downloading = (id: string, current: number, total: number) => ({
  status: 'Downloading',
  progressDetail: { current, total },
  id,
});
const extracting = (id: string, current: number, total: number) => ({
  status: 'Extracting',
  progressDetail: { current, total },
  id,
});
const complete = (id: string) => ({ status: 'Pull complete', progressDetail: {}, id });

/** The progress after the last message. */
function progressAfter(...messages: unknown[]) {
  const progress = createPullProgress();
  return messages.map((message) => progress(message)).at(-1);
}

describe('fraction', () => {
  test('is unknown until a size is known', () => {
    expect(progressAfter({ status: 'Pulling from kindest/node', id: 'v1.34.0' }, fetching('a'))).toEqual({ note: '' });
  });

  test('weighs layers by their bytes', () => {
    const { fraction = 0 } =
      progressAfter(downloading('big', 0, 900), downloading('small', 100, 100), complete('small')) ?? {};
    expect(fraction).toBeCloseTo(0.1);
  });

  test('counts unpacking too', () => {
    const { fraction = 0 } = progressAfter(downloading('a', 100, 100), extracting('a', 50, 100)) ?? {};
    expect(fraction).toBeCloseTo(0.9);
  });

  test('leaves out what was there before', () => {
    const { fraction = 0 } = progressAfter({ status: 'Already exists', id: 'old' }, downloading('a', 50, 100)) ?? {};
    expect(fraction).toBeCloseTo(0.4);
  });

  test('takes layers of unknown size for average ones', () => {
    const { fraction = 0 } = progressAfter(fetching('b'), downloading('a', 100, 100), complete('a')) ?? {};
    expect(fraction).toBeCloseTo(0.5);
  });

  test('is not moved by seconds of the containerd store', () => {
    const seconds = { status: 'Extracting', progressDetail: { current: 3, units: 's' }, id: 'a' };
    expect(progressAfter(downloading('a', 100, 100), seconds)?.fraction).toBeCloseTo(0.8);
  });

  test('ends at 1 and never goes back, whatever comes', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const id = fc.constantFrom(...ids);
    const bytes = fc.nat(1000);
    const message = fc.oneof(
      id.map(fetching),
      fc.tuple(id, bytes, bytes).map(([layer, current, total]) => downloading(layer, current, total)),
      fc.tuple(id, bytes, bytes).map(([layer, current, total]) => extracting(layer, current, total)),
      id.map(complete),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const progress = createPullProgress();
        let last = 0;
        for (const item of [...messages, ...ids.map((layer) => downloading(layer, 10, 10)), ...ids.map(complete)]) {
          const { fraction } = progress(item);
          if (fraction === undefined) continue;
          expect(fraction).toBeGreaterThanOrEqual(last);
          expect(fraction).toBeLessThanOrEqual(1);
          last = fraction;
        }
        expect(last).toBe(1);
      }),
    );
  });
});

describe('note', () => {
  test('says how many bytes of how many', () => {
    expect(progressAfter(downloading('a', 1_500_000, 4_000_000), downloading('b', 0, 96_000_000))?.note).toBe(
      '1.5 MB / 100 MB',
    );
  });

  test('says that a download is tried again', () => {
    expect(
      progressAfter(downloading('a', 1, 4), { status: 'Retrying in 5 seconds', progressDetail: {}, id: 'a' })?.note,
    ).toBe('Retrying in 5 seconds');
  });
});
