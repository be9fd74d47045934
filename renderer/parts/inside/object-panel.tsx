// One object closely, beside the list: its views, one at a time.
import { ActionIcon, SegmentedControl, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Metrics } from '../../../shared/model/metrics';
import type { ApiKind, ObjectRow } from '../../../shared/model/objects';
import { useTopicState } from '../../stores/use-topic';
import { ActionBar } from '../actions/action-bar';
import { ErrorNotice } from '../error-notice';
import { LoadingRows } from '../loading-rows';
import { UsageWords } from '../usage/usage-words';
import { useUsageHistory } from '../usage/use-history';
import classes from './inside.module.css';
import { usageOf } from './use-metrics';
import { viewsOf } from './views';

interface ObjectPanelProps {
  context: string;
  kind: ApiKind;
  row: ObjectRow;
  metrics: Metrics | undefined;
  onClose: () => void;
  now: number;
}

export function ObjectPanel({ context, kind, row, metrics, onClose, now }: ObjectPanelProps) {
  const { t } = useTranslation();
  const views = viewsOf(kind);
  const [chosen, setChosen] = useState<string>();
  const [reveal, setReveal] = useState(false);
  const { group, version, resource } = kind;
  const { namespace, name } = row;
  const object = { kind: { group, version, resource }, ...(namespace && { namespace }), name };
  const wanted = { context, ...object, reveal };
  const { value: detail, error } = useTopicState(JSON.stringify(wanted), (client, subject, signal) =>
    client.objects.detail(JSON.parse(subject), { signal }),
  );
  const usage = usageOf(metrics, row);
  const history = useUsageHistory(row.key, usage, metrics?.at);
  const view = views.find(({ id }) => id === chosen) ?? views[0];
  return (
    <section className={classes.panel} aria-label={name}>
      <div className={classes.panelHead}>
        <Title order={2} className={classes.title}>
          {kind.kind} <span className="mono">{name}</span>
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label={t('inside.close')} onClick={onClose}>
          <IconX aria-hidden size={16} />
        </ActionIcon>
      </div>
      {detail && !detail.gone && <ActionBar context={context} object={object} now={detail.now} />}
      {/* Logs and shells need the room. */}
      {usage && view === views[0] && (
        <section aria-label={t('usage.label')}>
          <UsageWords usage={usage} history={history} />
        </section>
      )}
      {detail?.gone && (
        <Text role="status" fw={500} size="sm">
          {t('inside.gone')}
        </Text>
      )}
      {/* Of what is gone it is said that it is not there: that is known. */}
      {error && !detail?.gone && <ErrorNotice error={error} />}
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('inside.view')}
        value={view?.id ?? ''}
        onChange={setChosen}
        data={views.map(({ id }) => ({ value: id, label: t(`inside.views.${id}`) }))}
      />
      {detail && view ? (
        <view.View
          of={{ context, kind, name, ...(namespace && { namespace }) }}
          detail={detail}
          reveal={reveal}
          onReveal={setReveal}
          now={now}
        />
      ) : (
        !error && <LoadingRows />
      )}
    </section>
  );
}
