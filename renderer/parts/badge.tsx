// A state as colour, icon and word together, so that none of them has to be understood alone.
import {
  IconAlertTriangle,
  IconBellOff,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconEye,
  IconLoader2,
  IconPencilCheck,
  IconPlayerPause,
  IconPlayerStop,
  IconQuestionMark,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Effort } from '../../shared/model/apply';
import type { ClusterNode, ClusterState } from '../../shared/model/cluster';
import type { LoopState } from '../../shared/model/devloop/loop';
import type { Check } from '../../shared/model/diagnostics';
import type { OperationState, StepProgress } from '../../shared/model/operation';
import type { Tone } from '../theme/colours';
import classes from './badge.module.css';

interface Look {
  tone: Tone;
  Icon: TablerIcon;
  turning?: boolean;
}

const busy: Look = { tone: 'busy', Icon: IconLoader2, turning: true };

const clusterLooks: Record<ClusterState, Look> = {
  creating: busy,
  running: { tone: 'good', Icon: IconCircleCheck },
  degraded: { tone: 'busy', Icon: IconAlertTriangle },
  paused: { tone: 'paused', Icon: IconPlayerPause },
  stopped: { tone: 'off', Icon: IconPlayerStop },
  deleting: busy,
  incomplete: { tone: 'bad', Icon: IconCircleDashed },
};

const operationLooks: Record<OperationState, Look> = {
  queued: { tone: 'off', Icon: IconClock },
  running: busy,
  undoing: busy,
  done: { tone: 'good', Icon: IconCircleCheck },
  failed: { tone: 'bad', Icon: IconCircleX },
  cancelled: { tone: 'off', Icon: IconPlayerStop },
};

const stepLooks: Record<StepProgress['state'], Look> = {
  waiting: { tone: 'off', Icon: IconClock },
  running: busy,
  done: { tone: 'good', Icon: IconCircleCheck },
  failed: { tone: 'bad', Icon: IconCircleX },
  cancelled: { tone: 'off', Icon: IconPlayerStop },
  skipped: { tone: 'off', Icon: IconCircleDashed },
};

const verdictLooks: Record<Check['verdict'], Look> = {
  ok: { tone: 'good', Icon: IconCircleCheck },
  warning: { tone: 'busy', Icon: IconAlertTriangle },
  problem: { tone: 'bad', Icon: IconCircleX },
  unknown: { tone: 'off', Icon: IconQuestionMark },
};

const effortLooks: Record<Effort, Look> = {
  'in-place': { tone: 'good', Icon: IconPencilCheck },
  rolling: { tone: 'busy', Icon: IconRefresh },
  'new-cluster': { tone: 'bad', Icon: IconCircleX },
};

function Badge({ look, word, plain }: { look: Look; word: string; plain: boolean }) {
  return (
    <span className={classes.badge} data-tone={look.tone} data-plain={plain || undefined}>
      <look.Icon aria-hidden className={classes.icon} data-turning={look.turning} size={15} stroke={2} />
      {word}
    </span>
  );
}

export function ClusterBadge({ state }: { state: ClusterState }) {
  const { t } = useTranslation();
  return <Badge look={clusterLooks[state]} word={t(`clusterState.${state}`)} plain={false} />;
}

export function OperationBadge({ state }: { state: OperationState }) {
  const { t } = useTranslation();
  return <Badge look={operationLooks[state]} word={t(`operationState.${state}`)} plain={false} />;
}

export function StepBadge({ state }: { state: StepProgress['state'] }) {
  const { t } = useTranslation();
  return <Badge look={stepLooks[state]} word={t(`stepState.${state}`)} plain />;
}

export function VerdictBadge({ verdict }: { verdict: Check['verdict'] }) {
  const { t } = useTranslation();
  return <Badge look={verdictLooks[verdict]} word={t(`verdict.${verdict}`)} plain={false} />;
}

/** What it takes to make a difference go away. */
export function EffortBadge({ effort }: { effort: Effort }) {
  const { t } = useTranslation();
  return <Badge look={effortLooks[effort]} word={t(`effort.${effort}`)} plain={false} />;
}

const contextLooks = {
  good: { tone: 'good', Icon: IconCircleCheck },
  bad: { tone: 'bad', Icon: IconCircleX },
  fault: { tone: 'busy', Icon: IconAlertTriangle },
  off: { tone: 'off', Icon: IconQuestionMark },
  asking: busy,
} satisfies Record<string, Look>;

/** How a context of the kubeconfig stands, in words of its own. */
export function ContextBadge({ look, word }: { look: keyof typeof contextLooks; word: string }) {
  return <Badge look={contextLooks[look]} word={word} plain={false} />;
}

const stateLooks = {
  good: { tone: 'good', Icon: IconCircleCheck },
  bad: { tone: 'bad', Icon: IconCircleX },
  off: { tone: 'off', Icon: IconCircleDashed },
  busy: { tone: 'busy', Icon: IconClock },
} satisfies Record<string, Look>;

/** A state that has words of its own, in a row of a table. */
export function StateBadge({ look, word }: { look: keyof typeof stateLooks; word: string }) {
  return <Badge look={stateLooks[look]} word={word} plain />;
}

const loopLooks: Record<LoopState, Look> = {
  starting: busy,
  watching: { tone: 'good', Icon: IconEye },
  working: busy,
  paused: { tone: 'paused', Icon: IconPlayerPause },
  waiting: { tone: 'busy', Icon: IconClock },
  stopping: busy,
  ended: { tone: 'off', Icon: IconPlayerStop },
  orphaned: { tone: 'bad', Icon: IconAlertTriangle },
};

/** How a dev loop stands; `broken`: something is wrong, and a save is awaited that mends it. */
export function LoopBadge({ state, broken }: { state: LoopState; broken: boolean }) {
  const { t } = useTranslation();
  if (broken && state === 'watching') {
    return <Badge look={{ tone: 'bad', Icon: IconCircleX }} word={t('dev.loopState.broken')} plain={false} />;
  }
  return <Badge look={loopLooks[state]} word={t(`dev.loopState.${state}`)} plain={false} />;
}

/** For a check that the user does not want to hear of. */
export function MutedBadge() {
  const { t } = useTranslation();
  return <Badge look={{ tone: 'off', Icon: IconBellOff }} word={t('verdict.muted')} plain={false} />;
}

interface NodeBadgeProps {
  state: ClusterNode['state'];
  ready?: boolean | undefined;
  word: string;
}

/** A container's state together with what Kubernetes says of it, where it is a node. */
export function NodeBadge({ state, ready, word }: NodeBadgeProps) {
  const running = ready === false ? 'degraded' : 'running';
  const look = clusterLooks[state === 'running' ? running : state === 'paused' ? 'paused' : 'stopped'];
  return <Badge look={look} word={word} plain />;
}
