// Asked before something is destroyed where it is not this computer's: the context's name, typed.
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function FarName({
  context,
  typed,
  onType,
}: {
  context: string;
  typed: string;
  onType(typed: string): void;
}): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('actions.far', { name: context })}
      placeholder={context}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
