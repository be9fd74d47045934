// Which clusters fetch from a registry or a cache: a switch for each that runs, and for those that use it although they do not.
import { Switch } from '@mantine/core';
import { useCall } from '../../parts/use-call';
import { useClusters } from '../../stores/app-context';
import classes from './images.module.css';

interface ClusterSwitchesProps {
  legend: string;
  /** Names of the clusters that fetch from it. */
  users: readonly string[];
  /** It cannot be given to anybody now. */
  disabled?: boolean;
  connect(cluster: string): Promise<unknown>;
  disconnect(cluster: string): Promise<unknown>;
}

export function ClusterSwitches({ legend, users, disabled, connect, disconnect }: ClusterSwitchesProps) {
  const { clusters } = useClusters();
  const { run } = useCall();
  const shown = clusters.filter(
    ({ name, provider, state }) =>
      provider === 'kubeadm' && (state === 'running' || state === 'degraded' || users.includes(name)),
  );
  if (shown.length === 0) return null;
  return (
    <fieldset className={classes.users}>
      <legend className={classes.legend}>{legend}</legend>
      {shown.map(({ name, state, operationId }) => {
        const connected = users.includes(name);
        return (
          <Switch
            key={name}
            label={name}
            checked={connected}
            disabled={operationId !== undefined || state === 'stopped' || disabled}
            onChange={() => void run(() => (connected ? disconnect(name) : connect(name)))}
          />
        );
      })}
    </fieldset>
  );
}
