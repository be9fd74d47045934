// The proxies of nodes, as the real kind 0.33 was seen to set them in its containers.
import { describe, expect, test } from 'vitest';
import { chosenProxies, proxyEnvironment } from './proxies';

const config = {
  proxies: {
    default: { httpProxy: 'http://d:1', noProxy: 'd.example' },
    'tcp://far:2375': { httpsProxy: 'http://f:1' },
  },
};
const here = 'unix:///var/run/docker.sock';

describe('the choice', () => {
  test('is nothing when nobody names a proxy', () => {
    expect(chosenProxies({}, {}, here)).toEqual({});
    expect(chosenProxies({ HTTP_PROXY: '', no_proxy: '' }, { proxies: {} }, here)).toEqual({});
  });

  test('takes upper case before lower case', () => {
    const environment = { HTTP_PROXY: 'http://u:1', http_proxy: 'http://l:1', https_proxy: 'http://s:1' };
    expect(chosenProxies(environment, {}, here)).toEqual({ http: 'http://u:1', https: 'http://s:1' });
  });

  test('takes docker’s configuration for the daemon before the default one', () => {
    expect(chosenProxies({}, config, here)).toEqual({ http: 'http://d:1', none: 'd.example' });
    expect(chosenProxies({}, config, 'tcp://far:2375')).toEqual({ https: 'http://f:1' });
  });

  test('takes each variable of the environment before docker’s configuration', () => {
    expect(chosenProxies({ HTTPS_PROXY: 'http://s:1' }, config, here)).toEqual({
      http: 'http://d:1',
      https: 'http://s:1',
      none: 'd.example',
    });
    expect(chosenProxies({ NO_PROXY: 'corp.example' }, config, here)).toEqual({
      http: 'http://d:1',
      none: 'corp.example',
    });
  });
});

describe('the environment of a node', () => {
  const scope = {
    networkSubnets: ['172.18.0.0/16', 'fc00:f853:ccd:e793::/64'],
    serviceSubnet: '10.96.0.0/16',
    podSubnet: '10.244.0.0/16',
    nodeNames: ['dev-control-plane', 'dev-worker'],
  };
  const exceptions = (own: string) =>
    `172.18.0.0/16,fc00:f853:ccd:e793::/64,${own}10.96.0.0/16,10.244.0.0/16,dev-control-plane,dev-worker,.svc,.svc.cluster,.svc.cluster.local`;

  test('is empty without proxies', () => {
    expect(proxyEnvironment({}, scope)).toEqual([]);
  });

  test('names the proxy in both cases, and what must be reached without it', () => {
    expect(proxyEnvironment({ http: 'http://p:1', none: 'corp.example' }, scope)).toEqual([
      'HTTP_PROXY=http://p:1',
      'http_proxy=http://p:1',
      `NO_PROXY=${exceptions('corp.example,')}`,
      `no_proxy=${exceptions('corp.example,')}`,
    ]);
  });

  test('has exceptions even when the user has none, and when they are all the user has', () => {
    expect(proxyEnvironment({ https: 'http://s:1' }, scope)).toContain(`NO_PROXY=${exceptions('')}`);
    expect(proxyEnvironment({ none: 'corp.example' }, scope)).toEqual([
      `NO_PROXY=${exceptions('corp.example,')}`,
      `no_proxy=${exceptions('corp.example,')}`,
    ]);
  });
});
