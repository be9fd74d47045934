// What you get from a template, what it costs, what can be set, and its documentation.
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ClusterTemplate, wordsIn } from '../../../shared/model/template';
import { memoryNeed } from '../../../shared/model/template/need';
import { CopyText } from '../../parts/copy';
import facts from '../../parts/facts.module.css';
import { laterInside } from '../../parts/later';
import { nodeCounts } from '../../parts/template-words';
import { useFormat } from '../../parts/words';
import { type UsableTemplate, useEngine } from '../../stores/app-context';
import { TemplatePicture } from './template-picture';
import classes from './templates.module.css';

const Markdown = laterInside(async () => (await import('../../parts/markdown/markdown')).Markdown, null);

export function AboutTemplate({ entry }: { entry: UsableTemplate }) {
  const { i18n } = useTranslation();
  const { metadata, spec } = entry.template;
  return (
    <div className={classes.about}>
      <div className={classes.overview}>
        <Contents entry={entry} />
        <TemplatePicture template={entry.template} />
      </div>
      {spec.parameters.length > 0 && <Parameters parameters={spec.parameters} />}
      {metadata.documentation && <Markdown text={wordsIn(metadata.documentation, i18n.language)} />}
    </div>
  );
}

function Contents({ entry: { template, origin, file, unsupported } }: { entry: UsableTemplate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const engine = useEngine();
  const { kubernetes, networking, sample, nodes, provider } = template.spec;
  const counts = nodeCounts(template);
  const words = [
    t('templates.controlPlanes', { count: counts['control-plane'] }),
    ...(counts.worker > 0 ? [t('templates.workers', { count: counts.worker })] : []),
  ];
  const needed = format.memory(memoryNeed(nodes));
  const cost =
    engine.state === 'connected'
      ? t('templates.memoryOf', { needed, all: format.memory(engine.info.memory) })
      : t('templates.memory', { needed });
  return (
    <dl className={facts.facts}>
      <dt>{t('templates.nodes')}</dt>
      <dd>{format.list(words)}</dd>
      <dt>{t('templates.cost')}</dt>
      <dd>{cost}</dd>
      <dt>Kubernetes</dt>
      <dd>
        {kubernetes.image ?? kubernetes.version ?? t('templates.newest')}
        {provider === 'k3s' && ' (k3s)'}
      </dd>
      <dt>{t('templates.podSubnet')}</dt>
      <dd className="mono">{networking.podSubnet}</dd>
      <dt>{t('templates.serviceSubnet')}</dt>
      <dd className="mono">{networking.serviceSubnet}</dd>
      {sample && (
        <>
          <dt>{t('templates.sample')}</dt>
          <dd className="mono">{sample.manifest}</dd>
        </>
      )}
      {unsupported.length > 0 && (
        <>
          <dt>{t('templates.unsupported')}</dt>
          <dd className="mono">{format.list(unsupported)}</dd>
        </>
      )}
      <dt>{t('templates.origin')}</dt>
      <dd>{file ? <CopyText text={file} what={t('templates.file')} /> : t(`templates.from.${origin}`)}</dd>
    </dl>
  );
}

function Parameters({ parameters }: Pick<ClusterTemplate['spec'], 'parameters'>) {
  const { t, i18n } = useTranslation();
  return (
    <section aria-label={t('templates.parameters')}>
      <h3 className={classes.heading}>{t('templates.parameters')}</h3>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('templates.parameter')}</Table.Th>
            <Table.Th>{t('templates.default')}</Table.Th>
            <Table.Th>{t('templates.whatFor')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parameters.map((parameter) => (
            <Table.Tr key={parameter.name}>
              <Table.Td>
                {parameter.title ? wordsIn(parameter.title, i18n.language) : parameter.name}{' '}
                <span className={`${classes.quiet} mono`}>{parameter.name}</span>
              </Table.Td>
              <Table.Td className="mono">
                {parameter.default === undefined ? t('templates.noDefault') : String(parameter.default)}
              </Table.Td>
              <Table.Td>{parameter.description && wordsIn(parameter.description, i18n.language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
