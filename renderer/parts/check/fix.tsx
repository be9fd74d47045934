// The button that mends what a check found, beside what it will do and what it will run for that.
import { Button, Text } from '@mantine/core';
import { IconTool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../../shared/model/diagnostics';
import { useClient } from '../../stores/app-context';
import { Command } from '../copy';
import { notify } from '../notify';
import { wordsOf } from '../sentence-words';
import { useCall } from '../use-call';
import classes from './check.module.css';
import { checkWords } from './check-words';

interface FixProps {
  check: Check;
  /** Called when it is mended: what was known of it is out of date. */
  onMended(): Promise<unknown>;
}

export function Fix({ check, onMended }: FixProps) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const { title, fix } = checkWords(i18n, check);
  if (!fix) return null;
  async function mend() {
    const { code, params, text } = await client.diagnostics.fix({ id: check.id });
    notify({ kind: 'good', message: wordsOf(i18n, `checks.${code}.done`, params, text) });
    await onMended();
  }
  return (
    <div className={classes.fix}>
      <div className={classes.offer}>
        <Button
          size="xs"
          loading={running}
          leftSection={<IconTool aria-hidden size={15} />}
          aria-label={t('doctor.fixWhat', { what: title })}
          onClick={() => void run(mend)}
        >
          {t('doctor.fix')}
        </Button>
        <Text size="sm" c="dimmed">
          {fix}
        </Text>
      </div>
      {check.commands && <Command text={check.commands.join('\n')} />}
    </div>
  );
}
