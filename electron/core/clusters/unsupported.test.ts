// What creating refuses instead of leaving it unread.
import { expect, it } from 'vitest';
import { templateOf } from '../templates/testing/template-of';
import { refuseUnsupported, unsupportedIn } from './unsupported';

it('finds nothing in what can be made', () => {
  const worker = { role: 'worker', count: 2, labels: { tier: 'back' }, taints: [{ key: 'a', effect: 'NoSchedule' }] };
  const spec = { nodes: [{ role: 'control-plane' }, worker], networking: { podSubnet: '10.1.0.0/16' } };
  expect(unsupportedIn(templateOf(spec))).toEqual([]);
  expect(() => refuseUnsupported(templateOf(spec))).not.toThrow();
});

it('names every field that would be left unread with k3s', () => {
  const asked = { environment: { A: 'b' }, networking: { dnsSearch: [], cni: 'none' }, registry: { enabled: true } };
  const template = templateOf({ provider: 'k3s', ...asked, patches: { containerd: ['a = 1'] } });
  expect(unsupportedIn(template)).toEqual(['registry.enabled', 'patches']);
  expect(() => refuseUnsupported(template)).toThrow(
    expect.objectContaining({
      code: 'template-unsupported',
      params: { id: 'mine', fields: 'registry.enabled, patches', count: 2 },
    }),
  );
});
