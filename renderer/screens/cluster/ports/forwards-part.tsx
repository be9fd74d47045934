// The forwards into a cluster that this app has open: beside its ports they are what else leads into it.
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ForwardList } from '../../../parts/forwards/forward-list';
import classes from '../../../parts/forwards/forwards.module.css';
import { useForwards } from '../../../parts/forwards/use-forwards';

export function ForwardsPart({ context }: { context: string }) {
  const { t } = useTranslation();
  const own = useForwards()?.filter((forward) => forward.context === context);
  if (!own) return null;
  return (
    <section className={classes.part}>
      <Title order={2}>{t('forwards.title')}</Title>
      {own.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('forwards.none')}
        </Text>
      ) : (
        <ForwardList forwards={own} />
      )}
    </section>
  );
}
