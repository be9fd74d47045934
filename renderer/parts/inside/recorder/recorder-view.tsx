// Pods of a context that were deleted while the app runs: what they said last, what happened to them, all of it as a file.
import { Button, Modal, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { applyFeed, emptyFeed, type FeedState } from '../../../../shared/model/feed';
import type { RecordedPod } from '../../../../shared/model/recorder';
import { useClient } from '../../../stores/app-context';
import { useTopic } from '../../../stores/use-topic';
import { ErrorNotice } from '../../error-notice';
import { LoadingRows } from '../../loading-rows';
import { saveRecording } from '../../save-logs';
import { useAnswer } from '../../use-answer';
import { useCall } from '../../use-call';
import { plainText } from '../logs/ansi';
import classes from './recorder.module.css';

const fold = (before: FeedState<RecordedPod> | undefined, message: Parameters<typeof applyFeed<RecordedPod>>[1]) =>
  applyFeed(before ?? emptyFeed<RecordedPod>(), message, ({ key }) => key);

export function RecorderView({ context, onClose }: { context: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const [chosen, setChosen] = useState<string>();
  const feed = useTopic(
    context,
    (from, subject, signal) => from.recorder.watch({ context: subject }, { signal }),
    fold,
  );
  const pods = [...(feed?.items.values() ?? [])].reverse();
  const pod = pods.find(({ key }) => key === chosen) ?? pods[0];
  return (
    <Modal
      opened
      onClose={onClose}
      size="80rem"
      title={t('recorder.title')}
      closeButtonProps={{ 'aria-label': t('recorder.close') }}
    >
      <div className={classes.lead}>
        <Text size="sm" c="dimmed">
          {t('recorder.lead')} {t('recorder.saved')}
        </Text>
        <Button
          size="xs"
          variant="default"
          loading={running}
          leftSection={<IconDownload aria-hidden size={15} />}
          onClick={() => void run(() => saveRecording(client, context))}
        >
          {t('recorder.save')}
        </Button>
      </div>
      {!feed && <LoadingRows />}
      {feed && !pod && <Text c="dimmed">{t('recorder.none')}</Text>}
      {pod && (
        <div className={classes.columns}>
          <ul className={classes.list}>
            {pods.map((one) => (
              <li key={one.key}>
                <button
                  type="button"
                  className={classes.pod}
                  aria-current={one.key === pod.key || undefined}
                  onClick={() => setChosen(one.key)}
                >
                  <span className="mono">
                    {one.namespace}/{one.name}
                  </span>
                  <span className={classes.quiet}>
                    {t('recorder.at', { time: new Date(one.at).toLocaleTimeString() })},{' '}
                    {t(`recorder.state.${one.state}`)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <Detail key={`${pod.key} ${pod.state}`} context={context} pod={pod} />
        </div>
      )}
    </Modal>
  );
}

function Detail({ context, pod }: { context: string; pod: RecordedPod }) {
  const { t } = useTranslation();
  // More was said since: asked anew.
  const heard = pod.containers.map(({ lines }) => lines).join(' ');
  const { value, error } = useAnswer(pod.key, heard, (client, key, signal) =>
    client.recorder.pod({ context, key }, { signal }),
  );
  if (error) return <ErrorNotice error={error} />;
  if (!value) return <LoadingRows />;
  const logs = Object.entries(value.logs);
  return (
    <section aria-label={pod.name} className={classes.detail}>
      {logs.length === 0 && <Text c="dimmed">{t('recorder.noLogs')}</Text>}
      {logs.map(([container, lines]) => (
        <div key={container}>
          <Text size="sm" fw={500}>
            {t('recorder.logs', { container })}
          </Text>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
          <pre className={classes.log} tabIndex={0}>
            {lines.map(({ text }) => plainText(text)).join('\n')}
          </pre>
        </div>
      ))}
      <Text size="sm" fw={500}>
        {t('recorder.events')}
      </Text>
      {value.events.length === 0 && <Text c="dimmed">{t('recorder.noEvents')}</Text>}
      <ul className={classes.list}>
        {value.events.map(({ at, type, reason, message }) => (
          <li key={`${at} ${reason} ${message}`}>
            <span className={classes.quiet}>{new Date(at).toLocaleTimeString()}</span> {type} {reason}: {message}
          </li>
        ))}
      </ul>
    </section>
  );
}
