// What of a cluster is listed, in one bar: kind, namespaces, labels and a filter. What thousands of rows change is not drawn with them.
import { MultiSelect, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { memo, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiKind, kindName } from '../../../shared/model/objects';
import classes from './inside.module.css';
import { groupedKinds, kindLabel } from './kinds';
import { useNamespaces } from './use-namespaces';

/** What is wanted, without the kind. */
export interface Wish {
  namespaces: readonly string[];
  labels: string;
  filter: string;
}

interface BarProps {
  context: string;
  kinds: readonly ApiKind[];
  kind: ApiKind;
  onKind: (name: string) => void;
  wish: Wish;
  /** Is given what of it becomes another one; is always the same. */
  onWish: (part: Partial<Wish>) => void;
  /** How many there are. */
  children: ReactNode;
}

export function Bar({ context, kinds, kind, onKind, wish, onWish, children }: BarProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.bar}>
      <KindSelect kinds={kinds} chosen={kindName(kind)} onChoose={onKind} />
      <NamespaceSelect context={context} disabled={!kind.namespaced} chosen={wish.namespaces} onWish={onWish} />
      <TextInput
        aria-label={t('inside.labelSelector')}
        placeholder={t('inside.labelExample')}
        className={classes.selector}
        value={wish.labels}
        onChange={(event) => onWish({ labels: event.currentTarget.value })}
      />
      <TextInput
        aria-label={t('inside.filter')}
        placeholder={t('inside.filter')}
        leftSection={<IconSearch aria-hidden size={16} />}
        value={wish.filter}
        onChange={(event) => onWish({ filter: event.currentTarget.value })}
      />
      {children}
    </div>
  );
}

interface KindSelectProps {
  kinds: readonly ApiKind[];
  chosen: string;
  onChoose: (name: string) => void;
}

const KindSelect = memo(function KindSelect({ kinds, chosen, onChoose }: KindSelectProps) {
  const { t } = useTranslation();
  const grouped = useMemo(
    () =>
      groupedKinds(kinds).map(({ group, kinds: some }) => ({
        group: t(`inside.group.${group}`),
        items: some.map((one) => ({ value: kindName(one), label: kindLabel(one) })),
      })),
    [kinds, t],
  );
  return (
    <Select
      searchable
      allowDeselect={false}
      aria-label={t('inside.kind')}
      data={grouped}
      value={chosen}
      maxDropdownHeight={420}
      onChange={(name) => name !== null && onChoose(name)}
    />
  );
});

interface NamespaceSelectProps {
  context: string;
  disabled: boolean;
  chosen: readonly string[];
  onWish: BarProps['onWish'];
}

const NamespaceSelect = memo(function NamespaceSelect({ context, disabled, chosen, onWish }: NamespaceSelectProps) {
  const { t } = useTranslation();
  const namespaces = useNamespaces(context);
  return (
    <MultiSelect
      searchable
      clearable
      aria-label={t('inside.namespaces')}
      placeholder={chosen.length === 0 ? t('inside.allNamespaces') : ''}
      disabled={disabled}
      data={namespaces}
      value={[...chosen]}
      onChange={(some) => onWish({ namespaces: some })}
    />
  );
});
