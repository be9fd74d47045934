// What is taken out of logs and configurations, and what stays.
import { expect, test } from 'vitest';
import { objectWithoutSecrets, withoutSecrets } from './secrets';

test.each([
  ['a bootstrap token', 'kubeadm join --token abcdef.0123456789abcdef', '0123456789abcdef'],
  ['a private key', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA\n-----END EC PRIVATE KEY-----\n', 'MHcCAQEEIA'],
  ['a private key that is cut off', '-----BEGIN RSA PRIVATE KEY-----\nMHcCAQEEIA', 'MHcCAQEEIA'],
  ['a service account token', 'x eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJr.c2lnbmF0dXJl y', 'c2lnbmF0dXJl'],
  ['a password in an address', 'HTTP_PROXY=http://ana:hunter22@proxy:3128', 'hunter22'],
  ['a header', 'Authorization: Basic YW5hOmh1bnRlcg==', 'YW5hOmh1bnRlcg'],
  ['a kubeconfig', 'client-key-data: LS0tLS1CRUdJTg==', 'LS0tLS1CRUdJTg'],
  ['a variable', 'DB_PASSWORD=correct-horse', 'correct-horse'],
  ['a JSON field', '{"apiToken": "s3cr3t-value"}', 's3cr3t-value'],
  ['an option', '--certificate-key=0011223344556677', '0011223344556677'],
])('%s goes', (_what, text, secret) => {
  expect(withoutSecrets(text)).not.toContain(secret);
  expect(withoutSecrets(text)).toContain('[removed]');
});

test('a known value goes, whatever it looks like', () => {
  expect(withoutSecrets('logged in with opensesame', ['opensesame'])).toBe('logged in with [removed]');
  expect(withoutSecrets('the word is yes', ['yes'])).toBe('the word is yes');
});

test.each([
  'I1130 02:21:26 kubelet.go:2163] Container runtime network not ready: NetworkReady=false',
  '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----',
  'pulling k8s.gcr.io/kube-proxy:v1.20.2@sha256:7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a',
  'https://127.0.0.1:6443/api/v1/nodes?limit=500',
])('%s stays', (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

test('of objects the data of Secrets, secret variables and applied manifests go', () => {
  const cleaned = objectWithoutSecrets({
    items: [
      { kind: 'Secret', metadata: { name: 'db' }, data: { password: 'aHVudGVy' } },
      {
        kind: 'Pod',
        metadata: {
          annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"hunter22"}', other: 'stays' },
        },
        spec: {
          containers: [
            {
              env: [
                { name: 'API_KEY', value: 'hunter22' },
                { name: 'MODE', value: 'dark' },
              ],
            },
          ],
        },
      },
    ],
  });
  const text = JSON.stringify(cleaned);
  expect(text).not.toMatch(/aHVudGVy|hunter22/);
  expect(text).toContain('dark');
  expect(text).toContain('stays');
  expect(text).toContain('"name":"db"');
});
