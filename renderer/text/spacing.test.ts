// Chinese and Latin keep their distance, and nothing else is touched.
import { expect, it } from 'vitest';
import { spaceChinese } from './spacing';

it.each([
  ['在等API 服务器', '在等 API 服务器'],
  ['加入和Pod 网络', '加入和 Pod 网络'],
  ['3个节点', '3 个节点'],
  ['已经有 shop 了', '已经有 shop 了'],
  ['完成。DNS', '完成。DNS'],
  ['（API 1.51）', '（API 1.51）'],
  ['kind-shop', 'kind-shop'],
])('%s', (text, spaced) => {
  expect(spaceChinese(text)).toBe(spaced);
  expect(spaceChinese(spaced)).toBe(spaced);
});
