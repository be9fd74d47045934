// What the app does by itself: the disk it may take, notifications, its start, updates, experiments; and what it never does.
import { Button, Checkbox, NumberInput, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { experiments } from '../../../shared/model/settings';
import { askForAway, awayPermission } from '../../parts/notify-away';
import { useStores } from '../../stores/app-context';
import { Group, Setting } from './setting';
import { useSettings } from './use-change';

const switches = ['startAtLogin', 'updates'] as const;

export function AppItself() {
  const { t } = useTranslation();
  const { settings, change } = useSettings();
  const desktop = useStore(useStores().about, ({ value }) => value?.shell === 'desktop');
  return (
    <Group title={t('settings.group.app')}>
      <Setting title={t('settings.diskBudget')}>
        <DiskBudget
          key={settings.diskBudget}
          saved={settings.diskBudget}
          onSave={(diskBudget) => void change({ diskBudget })}
        />
      </Setting>
      <Setting title={t('settings.notifications')}>
        <Switch
          label={t('settings.notificationsHint')}
          checked={settings.notifications}
          onChange={(event) => void change({ notifications: event.currentTarget.checked })}
        />
        {!desktop && settings.notifications && <AllowAway />}
      </Setting>
      {desktop && (
        <Setting title={t('settings.desktop')}>
          {switches.map((name) => (
            <Switch
              key={name}
              label={t(`settings.does.${name}`)}
              checked={settings[name]}
              onChange={(event) => void change({ [name]: event.currentTarget.checked })}
            />
          ))}
        </Setting>
      )}
      <Setting title={t('settings.experiments')}>
        <Text size="sm" c="dimmed">
          {t('settings.experimentsHint')}
        </Text>
        {experiments.map((name) => (
          <Checkbox
            key={name}
            label={t(`experiment.${name}`)}
            checked={settings.experiments.includes(name)}
            onChange={(event) => {
              const others = settings.experiments.filter((one) => one !== name);
              void change({ experiments: event.currentTarget.checked ? [...others, name] : others });
            }}
          />
        ))}
      </Setting>
      <Setting title={t('settings.telemetry')}>
        <Text size="sm">{t('settings.noTelemetry')}</Text>
      </Setting>
    </Group>
  );
}

/** A browser shows nothing before its user has let it. */
function AllowAway() {
  const { t } = useTranslation();
  const [permission, setPermission] = useState(awayPermission);
  if (permission === 'granted' || permission === 'unable') return null;
  if (permission === 'denied') {
    return (
      <Text size="sm" c="dimmed">
        {t('settings.awayDenied')}
      </Text>
    );
  }
  return (
    <Button size="xs" variant="default" onClick={() => void askForAway().then(setPermission)}>
      {t('settings.allowAway')}
    </Button>
  );
}

function DiskBudget({ saved, onSave }: { saved: number; onSave: (gigabytes: number) => void }) {
  const { t } = useTranslation();
  const [value, setValue] = useState<number | string>(saved === 0 ? '' : saved);
  return (
    <NumberInput
      w="100%"
      maw={320}
      label={t('settings.diskBudgetLabel')}
      description={t('settings.diskBudgetHint')}
      placeholder={t('settings.noBudget')}
      min={0}
      max={100_000}
      allowDecimal={false}
      suffix=" GB"
      value={value}
      onChange={setValue}
      onBlur={() => {
        const gigabytes = typeof value === 'number' ? value : 0;
        if (gigabytes !== saved) onSave(gigabytes);
      }}
    />
  );
}
