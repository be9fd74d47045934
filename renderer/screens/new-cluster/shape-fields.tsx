// How many workers, and which ports of this computer lead into the cluster: the template's text is changed by these.
import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './new-cluster.module.css';
import { isPort, type PortWish, type Shape, targetOf, workersOf } from './shape';

interface ShapeFieldsProps {
  yaml: string;
  shape: Shape;
  onChange: (shape: Shape) => void;
}

export function WorkerField({ yaml, shape, onChange }: ShapeFieldsProps) {
  const { t } = useTranslation();
  const workers = workersOf(yaml);
  if (workers === undefined) return null;
  return (
    <NumberInput
      label={t('newCluster.workers.label')}
      description={t('newCluster.workers.hint')}
      min={0}
      max={50}
      allowDecimal={false}
      clampBehavior="strict"
      value={shape.workers ?? workers}
      onChange={(value) => onChange({ ...shape, workers: typeof value === 'number' ? value : undefined })}
    />
  );
}

export function PortFields({ shape, onChange }: Omit<ShapeFieldsProps, 'yaml'>) {
  const { t } = useTranslation();
  const { ports } = shape;
  const change = (at: number, wish: Partial<PortWish>) =>
    onChange({ ...shape, ports: ports.map((each, index) => (index === at ? { ...each, ...wish } : each)) });
  return (
    <section className={classes.parameters} aria-label={t('newCluster.ports.title')}>
      <h3 className={classes.heading}>{t('newCluster.ports.title')}</h3>
      {ports.map((wish, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
        <div key={index} className={classes.port}>
          <NumberInput
            label={t('newCluster.ports.host')}
            placeholder="8080"
            min={1}
            max={65535}
            hideControls
            allowDecimal={false}
            thousandSeparator=""
            value={wish.hostPort}
            error={wish.hostPort !== '' && !isPort(Number(wish.hostPort)) && t('newCluster.ports.hostWrong')}
            onChange={(hostPort) => change(index, { hostPort })}
          />
          <TextInput
            label={t('newCluster.ports.to')}
            placeholder="web:80"
            value={wish.to}
            spellCheck={false}
            error={wish.to !== '' && !targetOf(wish.to) && t('newCluster.ports.toWrong')}
            onChange={(event) => change(index, { to: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('newCluster.ports.remove')}
            onClick={() => onChange({ ...shape, ports: ports.filter((_each, other) => other !== index) })}
          >
            <IconTrash aria-hidden size={17} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus aria-hidden size={15} />}
        onClick={() => onChange({ ...shape, ports: [...ports, { hostPort: '', to: '' }] })}
      >
        {t('newCluster.ports.add')}
      </Button>
    </section>
  );
}
