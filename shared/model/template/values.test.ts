// Amounts of memory in Kubernetes' notation, both ways.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOf, memoryQuantity, quantityOf } from './values';

it.each([
  [2 * 2 ** 30, '2Gi'],
  [1536 * 2 ** 20, '1536Mi'],
  [1_000_001, '1000001'],
  [0, '0'],
])('%d bytes are %s', (bytes, text) => {
  expect(quantityOf(bytes)).toBe(text);
});

it('reads back what it writes', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 45 }), (bytes) => {
      expect(bytesOf(memoryQuantity.parse(quantityOf(bytes)))).toBe(bytes);
    }),
  );
});
