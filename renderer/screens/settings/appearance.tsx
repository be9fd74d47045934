// How the app looks and is worked: language, theme, density, keys.
import { SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { settingsSchema } from '../../../shared/model/settings';
import { Group, Setting } from './setting';
import { useSettings } from './use-change';

const { language, theme, density } = settingsSchema.shape;

export function Appearance() {
  const { t } = useTranslation();
  const { settings, change } = useSettings();
  return (
    <Group title={t('settings.group.appearance')}>
      <Setting title={t('settings.language')}>
        <SegmentedControl
          aria-label={t('settings.language')}
          value={settings.language}
          onChange={(value) => void change({ language: value })}
          data={language.unwrap().options.map((value) => ({ value, label: t(`language.${value}`) }))}
        />
      </Setting>
      <Setting title={t('settings.theme')}>
        <SegmentedControl
          aria-label={t('settings.theme')}
          value={settings.theme}
          onChange={(value) => void change({ theme: value })}
          data={theme.unwrap().options.map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
      </Setting>
      <Setting title={t('settings.density')}>
        <SegmentedControl
          aria-label={t('settings.density')}
          value={settings.density}
          onChange={(value) => void change({ density: value })}
          data={density.unwrap().options.map((value) => ({ value, label: t(`density.${value}`) }))}
        />
      </Setting>
      <Setting title={t('settings.keys')}>
        <Switch
          label={t('shortcuts.single')}
          checked={settings.singleKeys}
          onChange={(event) => void change({ singleKeys: event.currentTarget.checked })}
        />
      </Setting>
    </Group>
  );
}
