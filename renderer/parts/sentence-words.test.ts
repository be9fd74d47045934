// @vitest-environment jsdom
// What a dev loop says, advises and waits for is said in the user's language; words of others stay as they are.
import { expect, it } from 'vitest';
import { errorSays, loopHint, loopSays } from '../../electron/core/devloop/words';
import { createTexts } from '../app/language';
import { remarkWords } from './sentence-words';

const english = createTexts('en');
const chinese = createTexts('zh-CN');
const waiting = loopSays('wait-not-ready', { what: 'deployment/web', ready: 1, wanted: 2 });

it.each([
  [waiting, 'deployment/web: 1 of 2 pods are ready', 'deployment/web：2 个 Pod 中有 1 个就绪'],
  [loopHint('mend-build'), 'Mend it and save: the build starts by itself.', '修正并保存，之后会自动开始构建。'],
  [{ text: '[2/3] COPY src /src' }, '[2/3] COPY src /src', '[2/3] COPY src /src'],
  [{ code: 'why.no-node', text: 'web-1: No node takes it.' }, 'web-1: No node takes it.', '没有节点能接收它。'],
  [
    errorSays({ code: 'port-taken', message: 'Port 80 is taken', params: { port: 80 } }),
    'Port 80 is taken',
    '端口 80 正被占用。',
  ],
])('%j', (remark, inEnglish, inChinese) => {
  expect(remarkWords(english, remark)).toBe(inEnglish);
  expect(remarkWords(chinese, remark)).toBe(inChinese);
});
