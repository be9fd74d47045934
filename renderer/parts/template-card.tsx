// A template in a gallery: what it is called, whom it is for, what it makes.
import { useTranslation } from 'react-i18next';
import { type TemplateSummary, wordsIn } from '../../shared/model/template';
import { NodePicture } from './node-picture';
import classes from './template-card.module.css';
import { nodeCounts } from './template-words';

interface TemplateCardProps {
  summary: TemplateSummary;
  /** Where the card leads. */
  href: string;
  chosen?: boolean;
}

export function TemplateCard({ summary, href, chosen = false }: TemplateCardProps) {
  const { i18n } = useTranslation();
  const { metadata } = summary.template;
  return (
    <a className={classes.card} href={href} aria-current={chosen || undefined}>
      <span className={classes.head}>
        <span className={classes.title}>{wordsIn(metadata.title, i18n.language)}</span>
        <NodePicture template={summary.template} />
      </span>
      <span className={classes.description}>{wordsIn(metadata.description, i18n.language)}</span>
      <TemplateFacts summary={summary} />
    </a>
  );
}

export function TemplateFacts({ summary }: { summary: TemplateSummary }) {
  const { t } = useTranslation();
  const counts = nodeCounts(summary.template);
  const { kubernetes, sample, parameters, provider } = summary.template.spec;
  return (
    <span className={classes.facts}>
      <span>{t('template.nodes', { count: counts['control-plane'] + counts.worker })}</span>
      {kubernetes.version && <span>Kubernetes {kubernetes.version}</span>}
      {provider === 'k3s' && <span>k3s</span>}
      {parameters.length > 0 && <span>{t('template.parameters', { count: parameters.length })}</span>}
      {sample && <span>{t('template.withSample')}</span>}
      {summary.origin === 'file' && <span>{t('template.fromFile')}</span>}
    </span>
  );
}
