// Forwards that are open: where they lead, how they are, opened in the browser, kept for next time, closed.
import { ActionIcon, Anchor, Badge, Checkbox, Text } from '@mantine/core';
import { IconExternalLink, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Forward, forwardText } from '../../../shared/model/forwards';
import { useClient } from '../../stores/app-context';
import { errorWords } from '../error-words';
import { useCall } from '../use-call';
import classes from './forwards.module.css';

const colours = { open: 'green', waiting: 'yellow', lost: 'red' } as const;

export function ForwardList({ forwards }: { forwards: readonly Forward[] }) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const { run } = useCall();
  return (
    <ul className={classes.list} aria-label={t('forwards.title')}>
      {forwards.map((forward) => {
        const { id, localPort, state, pod, connections, keep, error, target } = forward;
        const name = forwardText(forward);
        const address = `http://127.0.0.1:${localPort}/`;
        return (
          <li key={id} className={classes.forward}>
            <div className={classes.line}>
              <Badge variant="light" color={colours[state]}>
                {t(`forwards.state.${state}`)}
              </Badge>
              {localPort > 0 && (
                <Anchor href={address} target="_blank" rel="noreferrer" className="mono">
                  127.0.0.1:{localPort} <IconExternalLink aria-label={t('forwards.openIn')} size={13} />
                </Anchor>
              )}
              <span className="mono">
                {name} · {target.namespace}
              </span>
              <span className={classes.space} />
              <Checkbox
                size="xs"
                label={t('forwards.keep')}
                aria-label={t('forwards.keepOf', { name })}
                checked={keep}
                disabled={localPort === 0}
                onChange={(event) => {
                  const wanted = event.currentTarget.checked;
                  void run(() => client.forwards.keep({ id, keep: wanted }));
                }}
              />
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('forwards.close', { name })}
                onClick={() => void run(() => client.forwards.close({ id }))}
              >
                <IconPlugConnectedX aria-hidden size={16} />
              </ActionIcon>
            </div>
            <Text size="xs" c="dimmed">
              {pod !== undefined && t('forwards.now', { pod, count: connections })}
            </Text>
            {error && (
              <Text size="xs" className={classes.trouble}>
                {errorWords(i18n, error).text}
              </Text>
            )}
          </li>
        );
      })}
    </ul>
  );
}
