// Sets a dashboard up: which one, whom one is there, said plainly, and all that would be made.
import { Button, Checkbox, Group, Radio, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DashboardKind,
  type DashboardRights,
  dashboardKinds,
  dashboardRights,
} from '../../../shared/model/dashboard';
import { useClient } from '../../stores/app-context';
import { Command, Pasteable } from '../copy';
import { useAsked } from '../use-asked';
import { useCall } from '../use-call';
import classes from './dashboard.module.css';

interface DashboardFormProps {
  context: string;
  far: boolean;
  onBegin: (operationId: string) => void;
  onClose: () => void;
}

export function DashboardForm({ context, far, onBegin, onClose }: DashboardFormProps) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const [kind, setKind] = useState<DashboardKind>('headlamp');
  const [rights, setRights] = useState<DashboardRights>('read-only');
  const [image, setImage] = useState('');
  const [sure, setSure] = useState(false);
  const wanted = { kind, rights, ...(image.trim() && { image: image.trim() }) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => onBegin((await client.dashboard.setUp({ context, ...wanted })).operationId));
  };
  return (
    <form onSubmit={submit} className={classes.body}>
      <Radio.Group label={t('dashboard.which')} value={kind} onChange={(value) => setKind(value as DashboardKind)}>
        <Stack gap={8} mt={6}>
          {dashboardKinds.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`dashboard.kind.${value}`)}
              description={t(`dashboard.about.${value}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group label={t('dashboard.who')} value={rights} onChange={(value) => setRights(value as DashboardRights)}>
        <Stack gap={8} mt={6}>
          {dashboardRights.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`dashboard.rights.${value}`)}
              description={t(`dashboard.mayDo.${value}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={t('dashboard.image')}
        description={t('dashboard.imageHint')}
        value={image}
        onChange={(event) => setImage(event.currentTarget.value)}
      />
      <Made context={context} wanted={wanted} />
      <Command text={commandOf(context, wanted)} />
      {far && (
        <Checkbox
          label={t('dashboard.sure', { name: context })}
          checked={sure}
          onChange={(event) => setSure(event.currentTarget.checked)}
        />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('dashboard.close')}
        </Button>
        <Button type="submit" loading={running} disabled={far && !sure}>
          {t('dashboard.setUp')}
        </Button>
      </Group>
    </form>
  );
}

interface Wanted {
  kind: DashboardKind;
  rights: DashboardRights;
  image?: string;
}

function commandOf(context: string, { kind, rights, image }: Wanted): string {
  const options = [
    ...(rights === 'read-only' ? ['--read-only'] : []),
    ...(kind === 'headlamp' ? [] : [`--kind ${kind}`]),
    ...(image ? [`--image ${image}`] : []),
  ];
  return ['boathouse dashboard', context, ...options].join(' ');
}

/** What would be made, for those who want to know. */
function Made({ context, wanted }: { context: string; wanted: Wanted }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { answer } = useAsked(open ? { context, ...wanted } : undefined, (client, input, signal) =>
    client.dashboard.manifest(input, { signal }),
  );
  return (
    <div>
      <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight aria-hidden className={classes.chevron} data-open={open || undefined} size={15} />
        {t('dashboard.made')}
      </UnstyledButton>
      {open && answer && <Pasteable text={answer.yaml} label={t('dashboard.made')} height={260} />}
    </div>
  );
}
