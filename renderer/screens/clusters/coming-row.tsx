// A cluster on its way: nothing of it is in the engine yet, but its create runs.
import type { Operation } from '../../../shared/model/operation';
import { hrefOf } from '../../app/route';
import { ClusterBadge } from '../../parts/badge';
import { OperationLine } from '../../parts/operation/operation-line';
import { CancelButton } from '../../parts/operation/operation-view';
import classes from './clusters.module.css';

export function ComingRow({ operation }: { operation: Operation }) {
  return (
    <li className={classes.row} aria-label={operation.subject}>
      <div className={classes.line}>
        <a className={classes.name} href={hrefOf({ screen: 'cluster', name: operation.subject, tab: 'overview' })}>
          {operation.subject}
        </a>
        <ClusterBadge state="creating" />
      </div>
      <div className={classes.operation}>
        <OperationLine operation={operation} />
        <CancelButton operation={operation} />
      </div>
    </li>
  );
}
