// Which Kubernetes: the template's own choice, or one of the versions there are; what is here already starts sooner.
import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeVersion } from '../../../shared/model/version';
import { useClient, useConnectionPhase } from '../../stores/app-context';

interface VersionFieldProps {
  provider: 'kubeadm' | 'k3s';
  /** The chosen image; '' leaves it to the template. */
  image: string;
  onChange: (image: string) => void;
}

export function VersionField({ provider, image, onChange }: VersionFieldProps) {
  const { t } = useTranslation();
  const versions = useVersions(provider);
  const known = versions.some((each) => each.image === image);
  return (
    <Select
      label={t('newCluster.version.label')}
      data={[
        { value: '', label: t('newCluster.version.template') },
        ...versions.map(({ image: value, version = value, here, support }) => ({
          value,
          label: [
            version,
            ...(here ? [t('newCluster.version.here')] : []),
            ...(support.state === 'ended' ? [t('newCluster.version.ended')] : []),
          ].join(' · '),
        })),
        ...(known || image === '' ? [] : [{ value: image, label: image }]),
      ]}
      value={image}
      allowDeselect={false}
      searchable
      onChange={(value) => onChange(value ?? '')}
    />
  );
}

/** None until the core has answered, and while there is no engine: the template's own choice is always there. */
function useVersions(provider: VersionFieldProps['provider']): NodeVersion[] {
  const client = useClient();
  const open = useConnectionPhase() === 'open';
  const [versions, setVersions] = useState<NodeVersion[]>([]);
  useEffect(() => {
    if (!open) return;
    const withdraw = new AbortController();
    client.versions.list({ provider }, { signal: withdraw.signal }).then(
      (answer) => {
        if (!withdraw.signal.aborted) setVersions(answer);
      },
      () => {}, // The plan beside it says what is wrong with the engine.
    );
    return () => withdraw.abort();
  }, [client, provider, open]);
  return versions;
}
