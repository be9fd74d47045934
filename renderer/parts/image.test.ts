// Images are shortened only where nothing is lost to the eye.
import { expect, it } from 'vitest';
import { shortImage } from './image';

const digest = 'sha256:5fe4c5534b519ea0061e0432be4477006c80e3b1d0fcbd1d9d9b0f2dd1e7f8a9';

it.each([
  [`kindest/node:v1.34.0@${digest}`, 'kindest/node:v1.34.0'],
  [`localhost:5000/node@${digest}`, 'localhost:5000/node@sha256:5fe4c5534b51'],
  [digest, 'sha256:5fe4c5534b51'],
  ['kindest/node:v1.34.0', 'kindest/node:v1.34.0'],
])('%s: %s', (image, short) => {
  expect(shortImage(image)).toBe(short);
});
