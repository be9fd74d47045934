// The calls about files in containers.
import { copyFiles, giveFiles } from '../podfiles/files';
import type { Wiring } from './wiring';

export function podFilesCalls({ api: { podFiles: api }, lasting, parts }: Wiring) {
  return api.router({
    copy: api.copy.handler(({ input, signal }) => copyFiles(parts.files, input, lasting(signal))),
    give: api.give.handler(({ input, signal }) => giveFiles(parts.files, input, lasting(signal))),
  });
}
