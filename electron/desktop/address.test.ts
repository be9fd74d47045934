// Which file an address means, and which links may leave the app.
import { sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fileFor,
  isForward,
  isOwn,
  mayOpenOutside,
  pageForLink,
  pageForWords,
  securityHeaders,
  startPage,
} from './address';

describe('files', () => {
  it.each([
    ['app://boathouse/index.html', '/app/renderer/index.html'],
    ['app://boathouse/', '/app/renderer/index.html'],
    ['app://boathouse/assets/a-1.js?x#y', '/app/renderer/assets/a-1.js'],
    ['app://boathouse/assets/%E5%9B%BE.svg', '/app/renderer/assets/图.svg'],
  ])('%s', (address, file) => {
    expect(fileFor(address, '/app/renderer')).toBe(file);
  });

  it.each([
    'app://boathouse/../secret.txt',
    'app://boathouse/..%2fsecret.txt',
    'app://boathouse/%2e%2e%2fsecret.txt',
    'app://boathouse/assets/..%2f..%2fsecret.txt',
    'app://boathouse/..%5csecret.txt',
    'app://boathouse/%2e%2e%2frenderer-of-another/index.html',
    'app://boathouse/index.html%00.png',
    'app://boathouse/%zz.js',
    'app://boathouse/assets',
    'app://other/index.html',
    'app://user@boathouse/index.html',
    'file:///app/renderer/index.html',
    'https://boathouse/index.html',
    '',
  ])('nothing for %s', (address) => {
    const file = fileFor(address, '/app/renderer');
    // Normalized addresses may mean a file of ours, never one outside.
    expect(file === undefined || file === '/app/renderer/secret.txt').toBe(true);
  });

  it('never leaves the folder', () => {
    const piece = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '%2f', '..%2f', '%5c', '%00', 'a.js', ''), fc.string());
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const file = fileFor(`app://boathouse/${pieces.join('/')}`, '/app/renderer');
        return (
          file === undefined || (file.startsWith(`${sep}app${sep}renderer${sep}`) && !file.split(sep).includes('..'))
        );
      }),
    );
  });
});

describe('navigation', () => {
  it('is at home on its own addresses only', () => {
    expect(isOwn(startPage)).toBe(true);
    expect(isOwn(`${startPage}#/clusters/shop`)).toBe(true);
    for (const address of [
      'app://boathouse.evil.example/',
      'https://boathouse/',
      'app:boathouse',
      'about:blank',
      'x',
    ]) {
      expect(isOwn(address)).toBe(false);
    }
  });

  it.each([
    ['https://kubernetes.io/docs/home/', true],
    ['https://kind.sigs.k8s.io/docs/user/known-issues/', true],
    ['https://docs.docker.com/engine/install/', true],
    ['http://kubernetes.io/', false],
    ['https://kubernetes.io.evil.example/', false],
    ['https://evilkubernetes.io/', false],
    ['https://user@kubernetes.io/', false],
    ['https://kubernetes.io:8443/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['not an address', false],
    ['http://127.0.0.1:41999/.boathouse/open#token=abc', true],
    ['http://127.0.0.1:41999/', false],
    ['http://127.0.0.1.evil.example/.boathouse/open', false],
    ['http://localhost:41999/.boathouse/open', false],
  ])('opens %s outside: %s', (address, allowed) => {
    expect(mayOpenOutside(address)).toBe(allowed);
  });

  it.each([
    ['http://127.0.0.1:8080/', true],
    ['https://127.0.0.1:8080/a?b=c', true],
    ['http://127.0.0.1:8081/', false],
    ['http://localhost:8080/', false],
    ['http://a:b@127.0.0.1:8080/', false],
    ['file:///127.0.0.1:8080', false],
    ['8080', false],
  ])('opens what a forward serves: %s', (address, allowed) => {
    expect(isForward(address, (port) => port === 8080)).toBe(allowed);
  });

  it('shows what links from outside name, and the start for all else', () => {
    expect(pageForLink('boathouse://kubeconfig')).toBe(`${startPage}#/kubeconfig`);
    expect(pageForLink('boathouse://clusters/shop')).toBe(`${startPage}#/clusters/shop`);
    expect(pageForLink('boathouse://new/three-node/')).toBe(`${startPage}#/new/three-node`);
    expect(pageForLink('boathouse://clusters/shop/nodes')).toBe(`${startPage}#/clusters/shop/nodes`);
    expect(pageForLink('boathouse://help/images')).toBe(`${startPage}#/help/images`);
    expect(pageForLink('boathouse://doctor/')).toBe(`${startPage}#/doctor`);
    const asked = `${startPage}#/templates/import?url=https%3A%2F%2Fexample.com%2Fa.yaml%3Fb%3Dc`;
    expect(pageForLink('boathouse://template?url=https%3A%2F%2Fexample.com%2Fa.yaml%3Fb%3Dc')).toBe(asked);
    expect(pageForLink('boathouse://template/?url=https://example.com/a.yaml?b=c')).toBe(asked);
    for (const link of [
      'boathouse://template?url=http%3A%2F%2Fexample.com%2Fa.yaml',
      'boathouse://template?url=file%3A%2F%2F%2Fetc%2Fpasswd',
      'boathouse://template?url=javascript%3Aalert(1)',
      'boathouse://template?from=https://example.com',
      `boathouse://template?url=https://example.com/${'a'.repeat(2000)}`,
      'boathouse://clusters/../x',
      'boathouse://delete/shop',
      'boathouse://clusters/a b',
      'https://x/',
    ]) {
      expect(pageForLink(link)).toBe(startPage);
    }
  });

  it("opens a template's file or a link that stands among the words it was started with", () => {
    const opened = (file: string) => `${startPage}#/templates/import?file=${encodeURIComponent(file)}`;
    expect(pageForWords(['--hidden', 'class.boathouse'], '/home/ana')).toBe(opened('/home/ana/class.boathouse'));
    expect(pageForWords(['/srv/class.boathouse'], '/home/ana')).toBe(opened('/srv/class.boathouse'));
    expect(pageForWords(['file:///srv/a%20class.boathouse'], '/')).toBe(opened('/srv/a class.boathouse'));
    expect(pageForWords(['boathouse://doctor'], '/')).toBe(`${startPage}#/doctor`);
    for (const words of [[], ['--hidden'], ['/etc/passwd'], ['file://elsewhere/class.boathouse']]) {
      expect(pageForWords(words, '/')).toBeUndefined();
    }
  });

  it('allows scripts from itself only', () => {
    const policy = securityHeaders['Content-Security-Policy'] ?? '';
    expect(policy.split('; ')).toContain("default-src 'self'");
    expect(policy).not.toContain('script-src');
  });
});
