// What new clusters begin with: a template, kubectl's context, proxies and certificate authorities of their nodes.
import { Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Settings, settingsSchema } from '../../../shared/model/settings';
import { wordsIn } from '../../../shared/model/template';
import { useTemplates } from '../../stores/app-context';
import { SavedText } from './saved-text';
import { Group, Setting } from './setting';
import { useSettings } from './use-change';

const proxies = settingsSchema.shape.proxies.unwrap().shape;

export function NewClusters() {
  const { t } = useTranslation();
  const { settings, change } = useSettings();
  return (
    <Group title={t('settings.group.newClusters')}>
      <Setting title={t('settings.defaultTemplate')}>
        <DefaultTemplate
          chosen={settings.defaultTemplate}
          onChoose={(defaultTemplate) => void change({ defaultTemplate })}
        />
      </Setting>
      <Setting title={t('settings.kubeconfig')}>
        <Switch
          label={t('settings.switchContext')}
          description={t('settings.switchContextHint')}
          checked={settings.switchContext}
          onChange={(event) => void change({ switchContext: event.currentTarget.checked })}
        />
      </Setting>
      <Setting title={t('settings.proxies')}>
        <Proxies saved={settings.proxies} onSave={(changed) => change({ proxies: changed })} />
      </Setting>
      <Setting title={t('settings.certificates')}>
        <SavedText
          key={settings.certificates}
          long
          label={t('settings.pem')}
          description={t('settings.pemHint')}
          placeholder="-----BEGIN CERTIFICATE-----"
          saved={settings.certificates}
          problemOf={(text) => (text.includes('-----BEGIN CERTIFICATE-----') ? undefined : t('settings.pemBad'))}
          onSave={(certificates) => change({ certificates })}
        />
      </Setting>
    </Group>
  );
}

/** A template that is gone is still named, so that it can be seen why another one is used. */
function DefaultTemplate({ chosen, onChoose }: { chosen: string; onChoose: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  const { usable, heard } = useTemplates();
  const known = usable.map(({ id, template }) => ({
    value: id,
    label: wordsIn(template.metadata.title, i18n.language),
  }));
  const gone = chosen !== '' && !known.some(({ value }) => value === chosen);
  return (
    <Select
      w="100%"
      maw={320}
      aria-label={t('settings.defaultTemplate')}
      data={[
        { value: '', label: t('settings.firstTemplate') },
        ...known,
        ...(gone ? [{ value: chosen, label: chosen }] : []),
      ]}
      value={chosen}
      allowDeselect={false}
      error={gone && heard && t('settings.templateGone', { id: chosen })}
      onChange={(id) => onChoose(id ?? '')}
    />
  );
}

interface ProxiesProps {
  saved: Settings['proxies'];
  onSave: (proxies: Settings['proxies']) => Promise<boolean>;
}

function Proxies({ saved, onSave }: ProxiesProps) {
  const { t } = useTranslation();
  const problemOf = (text: string) => (proxies.http.safeParse(text).success ? undefined : t('settings.proxyBad'));
  return (
    <>
      <SavedText
        key={`https ${saved.https}`}
        label={t('settings.proxyHttps')}
        description={t('settings.proxyHint')}
        placeholder="http://proxy.example.com:3128"
        saved={saved.https}
        problemOf={problemOf}
        onSave={(https) => onSave({ ...saved, https })}
      />
      <SavedText
        key={`http ${saved.http}`}
        label={t('settings.proxyHttp')}
        placeholder="http://proxy.example.com:3128"
        saved={saved.http}
        problemOf={problemOf}
        onSave={(http) => onSave({ ...saved, http })}
      />
      <SavedText
        key={`none ${saved.none}`}
        label={t('settings.proxyNone')}
        placeholder="registry.example.com,.corp.example.com"
        saved={saved.none}
        onSave={(none) => onSave({ ...saved, none })}
      />
    </>
  );
}
