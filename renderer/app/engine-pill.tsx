// The engine at a glance: version and memory; opens to where it is, or to what to do when it does not answer.
import { Anchor, Popover, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconBrandDocker, IconLoader2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EngineState } from '../../shared/model/engine';
import { EngineFacts } from '../parts/engine-facts';
import { ErrorNotice } from '../parts/error-notice';
import { ReconnectButton } from '../parts/reconnect-button';
import { useFormat } from '../parts/words';
import { useEngine } from '../stores/app-context';
import classes from './frame.module.css';
import { hrefOf } from './route';

const icons = { connected: IconBrandDocker, connecting: IconLoader2, unreachable: IconAlertTriangle };

export function EnginePill() {
  const { t } = useTranslation();
  const engine = useEngine();
  const words = usePillWords(engine);
  const Icon = icons[engine.state];
  return (
    <Popover position="bottom-end" width={400} trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.pill} data-state={engine.state}>
          <Icon aria-hidden size={17} stroke={1.8} />
          <span className={classes.hidden}>{t('engine.pill')}</span>
          <span className={classes.pillWords}>{words}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('engine.pill')}>
        {engine.state === 'unreachable' ? <Unreachable engine={engine} /> : <Reachable engine={engine} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function usePillWords(engine: EngineState): string {
  const { t } = useTranslation();
  const format = useFormat();
  if (engine.state !== 'connected') return t(`engine.${engine.state}`);
  return t('engine.connected', { version: engine.info.version, memory: format.memory(engine.info.memory) });
}

function Reachable({ engine }: { engine: EngineState }) {
  const { t } = useTranslation();
  return (
    <div className={classes.pillBody}>
      <EngineFacts engine={engine} />
      <Anchor href={hrefOf({ screen: 'settings' })} size="sm">
        {t('engine.change')}
      </Anchor>
    </div>
  );
}

function Unreachable({ engine }: { engine: Extract<EngineState, { state: 'unreachable' }> }) {
  const { t } = useTranslation();
  return (
    <div className={classes.pillBody}>
      <ErrorNotice error={engine.error} actions={<ReconnectButton />} />
      <EngineFacts engine={engine} />
      <Anchor href={hrefOf({ screen: 'doctor' })} size="sm">
        {t('engine.askDoctor')}
      </Anchor>
    </div>
  );
}
