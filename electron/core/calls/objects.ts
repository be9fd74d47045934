// The calls about objects of a cluster.
import { connectAnywhere } from '../clusters/connect-anywhere';
import { watchDetail } from '../objects/detail';
import { kindsOf } from '../objects/kinds';
import { watchRows } from '../objects/rows';
import type { Wiring } from './wiring';

export function objectsCalls({ api: { objects: api }, explained, lasting, parts }: Wiring) {
  const { clusters, options } = parts;

  return api.router({
    kinds: api.kinds.handler(async ({ input, signal }) =>
      kindsOf(await connectAnywhere(clusters, input.context, lasting(signal)), lasting(signal)),
    ),
    rows: api.rows.handler(({ input, signal }) => {
      if (options.shell !== 'terminal') parts.recorder.look(input.context);
      return explained(watchRows((within) => connectAnywhere(clusters, input.context, within), input, lasting(signal)));
    }),
    detail: api.detail.handler(async function* ({ input, signal }) {
      const kube = await connectAnywhere(clusters, input.context, lasting(signal));
      yield* explained(watchDetail(kube, input, lasting(signal)));
    }),
  });
}
