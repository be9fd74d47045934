// Whatever a call throws becomes error data of the right code.
import { ORPCError } from '@orpc/client';
import { expect, it } from 'vitest';
import { AppError } from '../../shared/model/errors';
import { errorDataOf } from './error-data';

it('passes the core’s own errors on whole', () => {
  const data = new AppError('port-taken', 'Port 6443 is taken', { params: { port: 6443 }, detail: 'bind' }).toData();
  expect(errorDataOf(new ORPCError('APP_ERROR', { status: 500, data }))).toEqual(data);
});

it.each([
  [new ORPCError('BAD_REQUEST', { message: 'Input validation failed' }), 'bad-input'],
  [new ORPCError('INTERNAL_SERVER_ERROR'), 'internal'],
  [new DOMException('aborted', 'AbortError'), 'cancelled'],
  [new Error('Cannot send message, WebSocket is not open.'), 'disconnected'],
])('%s is %s', (error, code) => {
  expect(errorDataOf(error).code).toBe(code);
});
