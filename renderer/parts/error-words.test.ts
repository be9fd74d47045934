// @vitest-environment jsdom
// Errors speak the user's language where it has the words, and plain English where it lacks them.
import { expect, it } from 'vitest';
import type { ErrorData } from '../../shared/model/errors';
import { createTexts } from '../app/language';
import { errorWords } from './error-words';

const english = createTexts('en');
const chinese = createTexts('zh-CN');

const taken: ErrorData = {
  code: 'port-taken',
  message: 'Port 6443 is taken by nginx',
  params: { port: 6443 },
  hints: [],
};

it('in English the message says it', () => {
  expect(errorWords(english, taken)).toEqual({ title: 'The port is taken', text: 'Port 6443 is taken by nginx' });
});

it('in Chinese the translation says it, with the original beside it', () => {
  expect(errorWords(chinese, taken)).toEqual({
    title: '端口被占用',
    text: '端口 6443 正被占用。',
    original: 'Port 6443 is taken by nginx',
  });
});

it('a translation with a blank that nothing fills is not used', () => {
  const { params, ...unfilled } = taken;
  expect(params).toBeDefined();
  expect(errorWords(chinese, unfilled)).toEqual({ title: '端口被占用', text: 'Port 6443 is taken by nginx' });
});

it('our own mistakes are explained, not quoted', () => {
  const { text } = errorWords(english, { code: 'internal', message: 'x is undefined', hints: [] });
  expect(text).toContain('should not have happened');
});

it('a code of many reasons has words for each', () => {
  const error: ErrorData = {
    code: 'not-possible',
    message: 'shop-control-plane is the only control plane of shop',
    params: { name: 'shop', node: 'shop-control-plane', why: 'last' },
    hints: [],
  };
  expect(errorWords(chinese, error).text).toBe('shop-control-plane 是集群 shop 唯一的控制平面节点。');
  expect(errorWords(english, error).text).toBe(error.message);
  const params = { name: 'shop', why: 'unheard-of' };
  expect(errorWords(chinese, { ...error, params }).text).toBe(error.message);
});
