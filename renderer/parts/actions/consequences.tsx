// What a deletion or a drain takes with it, what stays, and who would miss it, each by name.
import { useTranslation } from 'react-i18next';
import type { ActionPlan, SomeObjects } from '../../../shared/model/actions';
import classes from './actions.module.css';

interface ConsequencesProps {
  plan: ActionPlan;
  verb: 'delete' | 'drain';
  force: boolean;
}

export function Consequences({ plan, verb, force }: ConsequencesProps) {
  const { t } = useTranslation();
  const { losses, moves, keeps, data, owners, usedBy, finalizers } = plan;
  const bare = verb === 'drain' && !force;
  if (verb === 'drain' && losses.length + moves.length === 0)
    return <p className={classes.part}>{t('actions.empty')}</p>;
  return (
    <>
      <Some title={t('actions.moves')} objects={moves} />
      <Some title={t(bare ? 'actions.bare' : 'actions.losses')} objects={losses} />
      <Words title={t('actions.data')} words={data} />
      <Some title={t('actions.keeps')} objects={keeps} />
      <Some title={t('actions.usedBy')} objects={usedBy} />
      <Words title={t('actions.finalizers')} words={finalizers} />
      {owners.map((owner) => (
        <p key={`${owner.kind}/${owner.name}`} className={classes.part}>
          {t('actions.owner', owner)}
        </p>
      ))}
    </>
  );
}

function Some({ title, objects }: { title: string; objects: readonly SomeObjects[] }) {
  const { t } = useTranslation();
  if (objects.length === 0) return null;
  return (
    <div className={classes.part}>
      {title}
      <ul>
        {objects.map(({ kind, names, count }) => (
          <li key={kind}>
            <strong>
              {count} {kind}
            </strong>{' '}
            <span className={classes.names}>
              <span className="mono">{names.join(', ')}</span>
              {count > names.length && ` ${t('actions.more', { count: count - names.length })}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Words({ title, words }: { title: string; words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <div className={classes.part}>
      {title}
      <ul>
        {words.map((word) => (
          <li key={word} className="mono">
            {word}
          </li>
        ))}
      </ul>
    </div>
  );
}
