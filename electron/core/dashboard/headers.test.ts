// What a dashboard sees of a request and what a browser sees of its answer.
import { describe, expect, it } from 'vitest';
import { answerHeaders, requestHeaders } from './headers';

const signIn = { kind: 'headlamp', token: 'new', cluster: 'main' } as const;

describe('a request', () => {
  it('is signed in, whatever the page says of itself', () => {
    const given = { host: '127.0.0.1:1', authorization: 'Bearer old', cookie: 'headlamp-auth-main.0=old; theme=dark' };
    expect(requestHeaders(given, signIn)).toEqual({
      host: '127.0.0.1:1',
      authorization: 'Bearer new',
      cookie: 'headlamp-auth-main.0=new; theme=dark',
    });
    expect(requestHeaders(given, { ...signIn, kind: 'kubernetes-dashboard' }).cookie).toBe('theme=dark');
  });

  it('carries no cookie of ours, of this door or of any other Boathouse on this computer', () => {
    const cookie = 'boathouse-7420=host;boathouse-41999=door; a=b=c';
    expect(requestHeaders({ cookie }, { ...signIn, kind: 'kubernetes-dashboard' })).toEqual({
      authorization: 'Bearer new',
      cookie: 'a=b=c',
    });
  });

  it('says nothing of the connection that it came by', () => {
    const given = { connection: 'keep-alive, X-Hop', 'keep-alive': '5', 'x-hop': '1', te: 'trailers', accept: '*/*' };
    expect(Object.keys(requestHeaders(given, signIn)).sort()).toEqual(['accept', 'authorization', 'cookie']);
    expect(requestHeaders({ connection: 'Upgrade', upgrade: 'websocket' }, signIn, true)).toMatchObject({
      connection: 'Upgrade',
      upgrade: 'websocket',
    });
  });
});

describe('an answer', () => {
  it('sets cookies of the dashboard’s own, never ours', () => {
    const given = { 'set-cookie': ['boathouse-41999=stolen; Path=/', 'theme=dark'], 'content-type': 'text/html' };
    expect(answerHeaders(given)).toMatchObject({ 'set-cookie': ['theme=dark'], 'content-type': 'text/html' });
    expect(answerHeaders({ 'set-cookie': [' Boathouse-1=x'] })).not.toHaveProperty('set-cookie');
  });

  it('is not for frames of other pages', () => {
    expect(answerHeaders({})['x-frame-options']).toBe('SAMEORIGIN');
  });
});
