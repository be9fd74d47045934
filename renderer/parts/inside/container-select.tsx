// Which container of an object is meant.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface ContainerSelectProps {
  containers: readonly string[];
  /** Undefined: the one that the pod names as its default, else its first. */
  chosen: string | undefined;
  onChoose: (container: string | undefined) => void;
}

export function ContainerSelect({ containers, chosen, onChoose }: ContainerSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      clearable
      label={t('inside.container')}
      placeholder={containers.length === 1 ? containers[0] : t('inside.defaultContainer')}
      data={[...containers]}
      disabled={containers.length === 1}
      value={chosen ?? null}
      onChange={(value) => onChoose(value ?? undefined)}
    />
  );
}
