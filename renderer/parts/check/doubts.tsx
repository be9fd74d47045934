// What is to be known before a plan is carried out: words about the request, and what the doctor finds in its way.
import { Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../../shared/model/diagnostics';
import type { Sentence } from '../../../shared/model/sentence';
import { wordsOf } from '../sentence-words';
import classes from './check.module.css';
import { checkWords } from './check-words';
import { CheckAdvice, CheckEvidence } from './evidence';
import { Fix } from './fix';

interface DoubtsProps {
  warnings: readonly Sentence[];
  findings: readonly Check[];
  /** Called when one of them is mended. */
  onMended(): Promise<unknown>;
}

export function Doubts({ warnings, findings, onMended }: DoubtsProps) {
  const { t, i18n } = useTranslation();
  return (
    <>
      {warnings.map(({ code, params, text }) => (
        <div key={text} className={classes.doubt}>
          <IconAlertTriangle aria-hidden size={17} />
          <p className={classes.doubtText}>
            <span className={classes.doubtWord}>{t('plan.warning')}</span>{' '}
            {wordsOf(i18n, `warnings.${code}`, params, text)}
          </p>
        </div>
      ))}
      {findings.map((check) => (
        <Doubt key={check.id} check={check} onMended={onMended} />
      ))}
    </>
  );
}

/** Folded to what it is; what is in the way for certain stands open. */
function Doubt({ check, onMended }: { check: Check } & Pick<DoubtsProps, 'onMended'>) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(check.verdict === 'problem');
  const { title } = checkWords(i18n, check);
  const Icon = check.verdict === 'problem' ? IconCircleX : IconAlertTriangle;
  return (
    <article className={classes.doubt} data-verdict={check.verdict} aria-label={title}>
      <Icon aria-hidden size={17} />
      <div>
        <Text fw={600}>{title}</Text>
        <CheckEvidence check={check} />
        <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconChevronRight aria-hidden size={15} className={classes.chevron} data-open={open || undefined} />
          {t('error.whatToDo')}
        </UnstyledButton>
        {open && (
          <div className={classes.help}>
            <CheckAdvice check={check} />
            <Fix check={check} onMended={onMended} />
          </div>
        )}
      </div>
    </article>
  );
}
