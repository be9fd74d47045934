// How a command in a container has ended, in Kubernetes' words.
import { expect, test } from 'vitest';
import { endIn } from './command';

test('reads exit codes, and reasons where there is none', () => {
  expect(endIn('{"metadata":{},"status":"Success"}')).toEqual({ code: 0 });
  const failed = {
    status: 'Failure',
    message: 'command terminated with non-zero exit code',
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '3' }] },
  };
  expect(endIn(JSON.stringify(failed))).toEqual({ code: 3 });
  expect(endIn('{"status":"Failure","message":"container not found (\\"a\\")"}')).toEqual({
    reason: 'container not found ("a")',
  });
  expect(endIn('')).toEqual({ reason: 'it ended without a word' });
});
