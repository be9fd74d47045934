// Where a typed port is likely meant to lead.
import { expect, it } from 'vitest';
import { parsePort } from '../../../../shared/model/port-text';
import { sampleServices } from '../../../app/stand-in-details';
import { likelyTarget, targetChoices, targetFrom } from './port-target';

const typed = (text: string) => {
  const read = parsePort(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.port;
};

it('offers the ports that speak its protocol', () => {
  expect(targetChoices(sampleServices, { protocol: 'TCP' })).toEqual([
    'web:80',
    'shop/orders:8080',
    'shop/orders:9000',
  ]);
  expect(targetChoices(sampleServices, { protocol: 'UDP' })).toEqual(['kube-system/kube-dns:53']);
});

it.each([
  ['8080', 'shop/orders:8080'],
  ['3000:80', 'web:80'],
  ['3000', undefined],
  ['3000:81', undefined],
])('%s: %s', (text, target) => {
  expect(likelyTarget(sampleServices, typed(text))).toBe(target);
});

it('takes the only one there is, Kubernetes’ own aside', () => {
  const only = sampleServices.filter(({ name }) => name !== 'orders');
  expect(likelyTarget(only, typed('3000'))).toBe('web:80');
});

it('reads every choice back', () => {
  expect(targetFrom('shop/orders:8080')).toEqual({ service: 'orders', namespace: 'shop', port: 8080 });
  expect(targetFrom('node all:80')).toEqual({ node: 'all', port: 80 });
  expect(targetFrom('80')).toBeUndefined();
  expect(targetFrom('a b')).toBeUndefined();
});
