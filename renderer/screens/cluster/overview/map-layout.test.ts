// Nothing of the picture overlaps and nothing is outside of it, whatever there is to draw.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type MapLayout, mapLayout, type Place, smallest } from './map-layout';

const size = fc.record({
  width: fc.integer({ min: 0, max: 2400 }),
  doors: fc.integer({ min: 0, max: 12 }),
  entrance: fc.boolean(),
  planes: fc.integer({ min: 0, max: 7 }),
  workers: fc.integer({ min: 0, max: 40 }),
  sources: fc.integer({ min: 0, max: 5 }),
  pods: fc.boolean(),
});

function piecesOf({ doors, entrance, planes, workers, sources }: MapLayout): Place[] {
  return [...doors, ...(entrance ? [entrance] : []), ...planes.nodes, ...(workers?.nodes ?? []), ...sources];
}

const apart = (a: Place, b: Place) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
const within = (a: Place, b: Place) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

it('overlaps nowhere and stays inside', () => {
  fc.assert(
    fc.property(size, (wanted) => {
      const layout = mapLayout(wanted);
      const pieces = piecesOf(layout);
      const { doors, sources, planes, workers } = wanted;
      expect(pieces).toHaveLength(doors + sources + planes + workers + (wanted.entrance ? 1 : 0));
      for (const [index, piece] of pieces.entries()) {
        expect(within(piece, { x: 0, y: 0, width: layout.width, height: layout.height })).toBe(true);
        for (const other of pieces.slice(index + 1)) expect(apart(piece, other)).toBe(true);
      }
      for (const node of layout.planes.nodes) expect(within(node, layout.planes.frame)).toBe(true);
      for (const node of layout.workers?.nodes ?? []) expect(within(node, layout.network)).toBe(true);
    }),
    // Without control planes, as a cluster is that somebody took apart.
    { examples: [[{ width: 0, doors: 0, entrance: true, planes: 0, workers: 0, sources: 0, pods: false }]] },
  );
});

it('leads from every port to the cluster, and from the entrance to the control planes', () => {
  const layout = mapLayout({ width: 1000, doors: 3, entrance: true, planes: 1, workers: 2, sources: 1, pods: true });
  expect(layout.wires).toHaveLength(3 + 1 + 1 + 1);
  expect(layout.width).toBe(1000);
});

it('keeps a width at which names can be read', () => {
  expect(
    mapLayout({ width: 320, doors: 1, entrance: true, planes: 1, workers: 0, sources: 0, pods: false }).width,
  ).toBe(smallest);
});
