// One check: its verdict, what was seen, why it matters, what helps, and the button that mutes it.
import { Button, Text } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../../shared/model/diagnostics';
import { VerdictBadge } from '../../parts/badge';
import { checkWords } from '../../parts/check/check-words';
import { CheckAdvice, CheckEvidence } from '../../parts/check/evidence';
import { Fix } from '../../parts/check/fix';
import { useCall } from '../../parts/use-call';
import { useClient, useStores } from '../../stores/app-context';
import classes from './doctor.module.css';

export function CheckCard({ check }: { check: Check }) {
  const { i18n } = useTranslation();
  const stores = useStores();
  const words = checkWords(i18n, check);
  return (
    <article className={classes.check} aria-label={words.title}>
      <div className={classes.verdict}>
        <VerdictBadge verdict={check.verdict} />
      </div>
      <div className={classes.words}>
        <Text fw={600}>{words.title}</Text>
        <CheckEvidence check={check} />
        {check.verdict !== 'ok' && (
          <>
            <CheckAdvice check={check} />
            <Fix check={check} onMended={() => stores.loadChecks()} />
          </>
        )}
      </div>
      {check.verdict !== 'ok' && <Mute check={check} title={words.title} />}
    </article>
  );
}

function Mute({ check, title }: { check: Check; title: string }) {
  const { t } = useTranslation();
  const client = useClient();
  const stores = useStores();
  const { running, run } = useCall();
  const muted = check.muted ?? false;
  const Icon = muted ? IconBell : IconBellOff;
  async function mute() {
    await client.diagnostics.mute({ id: check.id, muted: !muted });
    await stores.loadChecks();
  }
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      className={classes.mute}
      loading={running}
      leftSection={<Icon aria-hidden size={15} />}
      aria-label={t(muted ? 'doctor.unmuteWhat' : 'doctor.muteWhat', { what: title })}
      onClick={() => void run(mute)}
    >
      {t(muted ? 'doctor.unmute' : 'doctor.mute')}
    </Button>
  );
}
