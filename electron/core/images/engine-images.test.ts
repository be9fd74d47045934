// What may have been meant by a name or an id that leads to no image.
import { expect, it } from 'vitest';
import { imagesBegun, nearName } from './engine-images';

const names = ['shop/web:dev', 'shop/web:1.0', 'shop/api:dev', 'postgres:17'];

it.each([
  ['shop/web:prod', ['shop/web:dev', 'shop/web:1.0']],
  ['web:dev', ['shop/web:dev', 'shop/web:1.0']],
  ['shop/wbe:dev', ['shop/web:dev']],
  ['postgers', ['postgres:17']],
  ['redis:7', []],
])('for %s these', (reference, meant) => {
  expect(nearName(reference, names)).toEqual(meant);
});

it('an id that is cut too short begins several', () => {
  const image = (id: string) => ({ id: `sha256:${id.padEnd(64, '0')}`, names: [], size: 1, created: 1 });
  const images = [image('abcdef1'), image('abcdef2'), image('fedcba9')];
  expect(imagesBegun('abcdef', images)).toHaveLength(2);
  expect(imagesBegun('sha256:fedcba', images)).toEqual([images[2]]);
});
