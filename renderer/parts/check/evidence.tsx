// What a check saw, why it matters, and what can be done by hand: in that order, on the doctor's screen and beside a plan.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../../shared/model/diagnostics';
import { errorWords } from '../error-words';
import { Advice } from '../hints';
import { TextWithCommand } from '../text-with-command';
import classes from './check.module.css';
import { checkWords } from './check-words';

/** Where an error says it, the error's words. */
export function CheckEvidence({ check }: { check: Check }) {
  const { i18n } = useTranslation();
  if (!check.error) return <Text className={classes.evidence}>{checkWords(i18n, check).evidence}</Text>;
  const { text, original } = errorWords(i18n, check.error);
  return (
    <>
      <Text className={classes.evidence}>{text}</Text>
      {original && (
        <Text size="sm" c="dimmed" className={classes.evidence} lang="en">
          {original}
        </Text>
      )}
    </>
  );
}

export function CheckAdvice({ check }: { check: Check }) {
  const { i18n } = useTranslation();
  const { why, advice } = checkWords(i18n, check);
  const hints = check.error?.hints ?? [];
  return (
    <>
      <Text c="dimmed">{why}</Text>
      {hints.length > 0 && <Advice hints={hints} />}
      {hints.length === 0 && advice && (
        <Text mt={4} component="div">
          <TextWithCommand text={advice} />
        </Text>
      )}
    </>
  );
}
