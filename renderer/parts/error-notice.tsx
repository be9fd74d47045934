// An error where it happened: what happened, why, and what to do about it, in that order.
import { Group, Text, UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorData } from '../../shared/model/errors';
import { Pasteable } from './copy';
import classes from './error-notice.module.css';
import { errorWords } from './error-words';
import { Advice, HintButton } from './hints';

interface ErrorNoticeProps {
  error: ErrorData;
  /** Buttons beside those of the hints, such as "Try again". */
  actions?: ReactNode;
}

export function ErrorNotice({ error, actions }: ErrorNoticeProps) {
  const { i18n } = useTranslation();
  const { title, text, original } = errorWords(i18n, error);
  const advice = error.hints.filter((hint) => !hint.action);
  const offers = error.hints.filter((hint) => hint.action);
  return (
    <section className={classes.notice} role="alert">
      <IconAlertCircle aria-hidden className={classes.icon} size={20} />
      <div className={classes.body}>
        <Text fw={600}>{title}</Text>
        <Text className={classes.text}>{text}</Text>
        {original && (
          <Text size="sm" c="dimmed" className={classes.text} lang="en">
            {original}
          </Text>
        )}
        {advice.length > 0 && <Advice hints={advice} />}
        {(offers.length > 0 || actions) && (
          <Group gap="xs" mt="sm">
            {offers.map((hint, index) => (
              <HintButton key={hint.text} hint={hint} prominent={index === 0} />
            ))}
            {actions}
          </Group>
        )}
        {error.detail && <Evidence text={error.detail} />}
      </div>
    </section>
  );
}

/** What a program said, word for word, for those who want it. */
function Evidence({ text }: { text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.evidence}>
      <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight aria-hidden className={classes.chevron} data-open={open || undefined} size={15} />
        {t('error.evidence')}
      </UnstyledButton>
      {open && <Pasteable text={text} label={t('error.evidence')} height={260} />}
    </div>
  );
}
