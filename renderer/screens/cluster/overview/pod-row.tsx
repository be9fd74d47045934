// The pods of a node on the map: a mark for each, as many as fit, and in words how they are.
import { useTranslation } from 'react-i18next';
import { type Pod, podKey } from '../../../../shared/model/pod';
import type { Tone } from '../../../theme/colours';
import classes from './map.module.css';
import { countPods } from './pods';

/** No card has room for more. */
const most = 40;
const tones: Record<Pod['state'], Tone> = {
  running: 'good',
  starting: 'busy',
  broken: 'bad',
  done: 'off',
  ending: 'off',
};

export function PodRow({ pods }: { pods: readonly Pod[] }) {
  const words = usePodWords();
  const { t } = useTranslation();
  const [worst] = countPods(pods);
  const ill = worst && (worst[0] === 'broken' || worst[0] === 'starting') ? worst : undefined;
  return (
    <span className={classes.pods} title={words(pods)}>
      <span className={classes.marks} aria-hidden>
        {pods.slice(0, most).map((pod) => (
          <span
            key={podKey(pod)}
            className={classes.pod}
            data-tone={tones[pod.state]}
            data-state={pod.state}
            title={[podKey(pod), pod.reason ?? t(`podState.${pod.state}`)].join(': ')}
          />
        ))}
      </span>
      <span className={classes.quiet}>
        {ill ? t(`map.pods.${ill[0]}`, { count: ill[1] }) : t('map.pods.all', { count: pods.length })}
      </span>
    </span>
  );
}

/** `12 pods: 1 broken, 11 running`. */
export function usePodWords(): (pods: readonly Pod[]) => string {
  const { t } = useTranslation();
  return (pods) => {
    const all = t('map.pods.all', { count: pods.length });
    const states = countPods(pods).map(([state, count]) => t(`map.pods.${state}`, { count }));
    return states.length === 0 ? all : t('map.pods.each', { all, states });
  };
}
