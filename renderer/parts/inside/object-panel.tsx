// One object closely, beside the list: conditions, whom it belongs to, what happened to it, itself as YAML.
import { ActionIcon, Button, SegmentedControl, Text, Title } from '@mantine/core';
import { IconEye, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiKind, ageOf, type ObjectDetail, type ObjectRow } from '../../../shared/model/objects';
import { dateIn } from '../../../shared/model/sentence';
import { useTopic } from '../../stores/use-topic';
import { Pasteable } from '../copy';
import facts from '../facts.module.css';
import { LoadingRows } from '../loading-rows';
import { wordsOf } from '../sentence-words';
import { TextWithCommand } from '../text-with-command';
import classes from './inside.module.css';

const views = ['about', 'yaml'] as const;
type View = (typeof views)[number];

interface ObjectPanelProps {
  context: string;
  kind: ApiKind;
  row: ObjectRow;
  onClose: () => void;
  now: number;
}

export function ObjectPanel({ context, kind, row, onClose, now }: ObjectPanelProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('about');
  const [reveal, setReveal] = useState(false);
  const { group, version, resource } = kind;
  const { namespace, name } = row;
  const wanted = { context, kind: { group, version, resource }, ...(namespace && { namespace }), name, reveal };
  const detail = useTopic(JSON.stringify(wanted), (client, subject, signal) =>
    client.objects.detail(JSON.parse(subject), { signal }),
  );
  const secret = resource === 'secrets' && group === '';
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
      {detail?.gone && (
        <Text role="status" fw={500} size="sm">
          {t('inside.gone')}
        </Text>
      )}
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('inside.view')}
        value={view}
        onChange={(value) => setView(value)}
        data={views.map((value) => ({ value, label: t(`inside.views.${value}`) }))}
      />
      {!detail && <LoadingRows />}
      {detail && view === 'about' && <About detail={detail} now={now} />}
      {detail && view === 'yaml' && (
        <>
          {secret && (
            <Button
              size="xs"
              variant="default"
              aria-pressed={reveal}
              leftSection={<IconEye aria-hidden size={15} />}
              onClick={() => setReveal(!reveal)}
            >
              {t(reveal ? 'inside.hide' : 'inside.reveal')}
            </Button>
          )}
          <Pasteable text={detail.yaml} label="YAML" height="52vh" />
        </>
      )}
    </section>
  );
}

function About({ detail, now }: { detail: ObjectDetail; now: number }) {
  const { t, i18n } = useTranslation();
  const { namespace, createdAt, owners, labels, conditions, events, why } = detail;
  const pairs = Object.entries(labels);
  return (
    <>
      <dl className={facts.facts}>
        {namespace && (
          <>
            <dt>{t('inside.namespace')}</dt>
            <dd className="mono">{namespace}</dd>
          </>
        )}
        {createdAt && (
          <>
            <dt>{t('inside.created')}</dt>
            <dd>{dateIn(i18n.language, createdAt)}</dd>
          </>
        )}
        {owners.length > 0 && (
          <>
            <dt>{t('inside.owners')}</dt>
            <dd>{owners.map(({ kind, name }) => `${kind} ${name}`).join(' ← ')}</dd>
          </>
        )}
        {pairs.length > 0 && (
          <>
            <dt>{t('inside.labels')}</dt>
            <dd className="mono">{pairs.map((pair) => pair.join('=')).join(', ')}</dd>
          </>
        )}
      </dl>
      {why.length > 0 && (
        <section className={classes.why} aria-label={t('inside.whyNot')}>
          <Title order={3} className={classes.part}>
            {t('inside.whyNot')}
          </Title>
          <ul className={classes.plain}>
            {why.map(({ said, next, evidence }) => (
              <li key={`${said.code}${said.text}`}>
                <strong>{wordsOf(i18n, `why.${said.code}`, said.params, said.text)}</strong>
                {evidence && (
                  <div className={classes.quiet} lang="en">
                    {evidence}
                  </div>
                )}
                <TextWithCommand text={wordsOf(i18n, `why.${next.code}`, next.params, next.text)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {conditions.length > 0 && (
        <section aria-label={t('inside.conditions')}>
          <Title order={3} className={classes.part}>
            {t('inside.conditions')}
          </Title>
          <ul className={classes.plain}>
            {conditions.map(({ type, status, reason, message }) => (
              <li key={type}>
                <strong>{type}</strong>: {status}
                {reason && ` (${reason})`}
                {message && <div className={classes.quiet}>{message}</div>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={t('inside.events')}>
        <Title order={3} className={classes.part}>
          {t('inside.events')}
        </Title>
        {events.length === 0 && <div className={classes.quiet}>{t('inside.noEvents')}</div>}
        <ul className={classes.plain}>
          {events.map(({ reason, message, at, count, type }, index) => (
            <li key={`${at}${reason}${String(index)}`}>
              <strong data-news={type === 'Warning' ? 'bad' : undefined} className={classes.news}>
                {reason}
              </strong>
              <span className={classes.quiet}>
                {at && ` ${ageOf(at, now)}`}
                {count > 1 && ` ×${count}`}
              </span>
              <div className={classes.quiet}>{message}</div>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
