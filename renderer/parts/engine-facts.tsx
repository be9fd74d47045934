// What is known of the engine, as a list of terms.
import { useTranslation } from 'react-i18next';
import type { EngineState } from '../../shared/model/engine';
import classes from './facts.module.css';
import { useFormat } from './words';

export function EngineFacts({ engine }: { engine: EngineState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { endpoint } = engine;
  const info = engine.state === 'connected' ? engine.info : undefined;
  return (
    <dl className={classes.facts}>
      {endpoint && (
        <>
          <dt>{t('engine.address')}</dt>
          <dd className="mono">{endpoint.host}</dd>
          <dt>{t('engine.foundBy')}</dt>
          <dd>{t(`engine.source.${endpoint.source}`, { name: endpoint.context ?? '' })}</dd>
        </>
      )}
      {info && (
        <>
          <dt>{t('engine.version')}</dt>
          <dd>{t('engine.versionValue', { version: info.version, api: info.apiVersion })}</dd>
          <dt>{t('engine.system')}</dt>
          <dd>{`${info.operatingSystem}, ${info.architecture}`}</dd>
          <dt>{t('engine.resources')}</dt>
          <dd>{t('engine.resourcesValue', { count: info.cpus, memory: format.memory(info.memory) })}</dd>
          <dt>{t('engine.kind')}</dt>
          <dd>
            {[
              t('engine.cgroup', { version: info.cgroupVersion }),
              t(info.containerdStore ? 'engine.storeContainerd' : 'engine.storeClassic'),
              ...(info.rootless ? [t('engine.rootless')] : []),
            ].join(t('listSeparator'))}
          </dd>
        </>
      )}
    </dl>
  );
}
