// What pods and nodes use, for the stand-in: a little more each second.
import type { Client } from '../../shared/contract';
import type { Metrics } from '../../shared/model/metrics';
import { createTopic } from './stand-in-topic';

function sample(round: number): Metrics {
  const usage = (index: number) => ({
    cpus: 0.05 + ((index * 7 + round * 3) % 20) / 40,
    memory: (40 + ((index * 13 + round) % 50)) * 2 ** 20,
  });
  const names = ['web', 'api', 'checkout', 'db'];
  const pods = Array.from({ length: 120 }, (_none, index): [string, Metrics['pods'][string]] => {
    const namespace = ['default', 'kube-system', 'shop'][index % 3] ?? 'default';
    return [`${namespace}/${names[index % 4]}-${index}`, { ...usage(index), containers: { web: usage(index) } }];
  });
  return { source: 'kubelets', at: round, nodes: {}, pods: Object.fromEntries(pods) };
}

export function metricsStandIn(): Client['metrics'] {
  return {
    watch: async (_input, call) => {
      const topic = createTopic<Metrics>(() => sample(0));
      let round = 0;
      const timer = setInterval(() => topic.send(sample(++round)), 1000);
      call?.signal?.addEventListener('abort', () => clearInterval(timer));
      return topic.open(call?.signal);
    },
  };
}
