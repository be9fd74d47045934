// Which refusals of a young API server are asked again, and which count.
import { expect, test } from 'vitest';
import { insist } from './wait';

const never = () => new AbortController().signal;
const refusal = (code: number | string) => Object.assign(new Error(`HTTP ${code}`), { code });

/** Refuses with each of the errors in turn, then accepts. */
function refusing(...errors: Error[]) {
  let calls = 0;
  return {
    calls: () => calls,
    async call() {
      const error = errors[calls];
      calls += 1;
      if (error) throw error;
      return 'accepted';
    },
  };
}

test('a broken connection, a slow etcd and a namespace that is still to come are asked again', async () => {
  const api = refusing(refusal('ECONNREFUSED'), refusal(503), refusal(500), refusal(404), refusal(429));
  await expect(insist(api.call, never())).resolves.toBe('accepted');
  expect(api.calls()).toBe(6);
});

test.each([400, 401, 403, 409, 422])('%i counts at once', async (code) => {
  const api = refusing(refusal(code));
  await expect(insist(api.call, never())).rejects.toThrow(`HTTP ${code}`);
  expect(api.calls()).toBe(1);
});

test('early on, roles and priorities that are still to come are asked for again', async () => {
  const api = refusing(refusal(403), refusal(403));
  await expect(insist(api.call, never(), { early: true })).resolves.toBe('accepted');
});

test('an abort ends the asking with its reason', async () => {
  const stop = new AbortController();
  const reason = new Error('changed my mind');
  const call = () => {
    queueMicrotask(() => stop.abort(reason));
    return Promise.reject(refusal(503));
  };
  await expect(insist(call, stop.signal)).rejects.toBe(reason);
});
