// The calls about manifests.
import type { Wiring } from './wiring';

export function manifestsCalls({ api: { manifests: api }, lasting, parts }: Wiring) {
  return api.router({
    diff: api.diff.handler(({ input, signal }) => parts.manifests.diff(input, lasting(signal))),
    apply: api.apply.handler(({ input }) => parts.manifests.apply(input)),
    planEdit: api.planEdit.handler(({ input, signal }) => parts.manifests.planEdit(input, lasting(signal))),
    edit: api.edit.handler(({ input, signal }) => parts.manifests.edit(input, lasting(signal))),
  });
}
