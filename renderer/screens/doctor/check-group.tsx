// Checks that protect the same thing: what is wrong stands open, what is well or muted is folded away.
import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Check, isTold } from '../../../shared/model/diagnostics';
import { MutedBadge, VerdictBadge } from '../../parts/badge';
import { CheckCard } from './check-card';
import classes from './doctor.module.css';

export function CheckGroup({ group, checks }: { group: Check['group']; checks: readonly Check[] }) {
  const { t } = useTranslation();
  const id = useId();
  const well = checks.filter((check) => check.verdict === 'ok');
  const muted = checks.filter((check) => check.verdict !== 'ok' && check.muted);
  return (
    <section className={classes.group} aria-labelledby={id}>
      <h2 id={id} className={classes.heading}>
        {t(`doctor.group.${group}`)}
      </h2>
      {checks.filter(isTold).map((check) => (
        <CheckCard key={check.id} check={check} />
      ))}
      <Folded checks={muted} badge={<MutedBadge />} words={t('doctor.well', { count: muted.length })} />
      <Folded checks={well} badge={<VerdictBadge verdict="ok" />} words={t('doctor.well', { count: well.length })} />
    </section>
  );
}

function Folded({ checks, badge, words }: { checks: readonly Check[]; badge: ReactNode; words: string }) {
  const [open, setOpen] = useState(false);
  if (checks.length === 0) return null;
  return (
    <>
      <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight aria-hidden size={16} className={classes.chevron} data-open={open || undefined} />
        {badge}
        <span>{words}</span>
      </UnstyledButton>
      {open && checks.map((check) => <CheckCard key={check.id} check={check} />)}
    </>
  );
}
