// How many members of etcd have to be well.
import { expect, test } from 'vitest';
import { quorumOf } from './quorum';

test('etcd needs more than half', () => {
  expect([1, 2, 3, 4, 5].map(quorumOf)).toEqual([1, 2, 2, 3, 3]);
});
