// Draws the lanes. To screen readers a list for each lane, with a sentence for each step.
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../../shared/model/operation';
import { useFormat } from '../words';
import type { Bar, TimelineLayout } from './layout';
import type { StepFocus } from './step-focus';
import classes from './timeline.module.css';
import { useBarSentence, useLaneName, useWaitWords } from './words';

interface ChartProps {
  layout: TimelineLayout;
  operation: Pick<Operation, 'subject' | 'state'>;
  focus: StepFocus;
}

export function Chart({ layout, operation, focus }: ChartProps) {
  const { t } = useTranslation();
  const laneName = useLaneName(operation.subject);
  const place = (seconds: number) => `${(seconds / layout.length) * 100}%`;
  return (
    <div className={classes.chart}>
      <Axis layout={layout} place={place} />
      <ul className={classes.lanes} aria-label={t('timeline.label', { subject: operation.subject })}>
        {layout.lanes.map((lane) => (
          <li key={lane.name} className={classes.lane}>
            <span className={classes.laneName} title={lane.name}>
              {laneName(lane.name)}
            </span>
            {lane.bars.length === 0 && <span className={classes.unreached}>{t('timeline.unreached')}</span>}
            <ol className={classes.track} style={{ height: Math.max(1, lane.rows) * 28 + 6 }} aria-label={lane.name}>
              {lane.bars.map((bar) => (
                <Step key={bar.step.id} bar={bar} place={place} focus={focus} undone={operation.state === 'undoing'} />
              ))}
            </ol>
          </li>
        ))}
      </ul>
    </div>
  );
}

type Place = (seconds: number) => string;

function Axis({ layout, place }: { layout: TimelineLayout; place: Place }) {
  const format = useFormat();
  return (
    <div aria-hidden className={classes.axis}>
      <div className={classes.scale}>
        {layout.ticks.map((tick) => (
          <div key={tick} className={classes.tick} style={{ left: place(tick) }}>
            <span className={classes.tickLabel}>{tick < 60 ? tick : format.clock(tick)}</span>
          </div>
        ))}
        {layout.now !== undefined && (
          <div className={classes.now} style={{ left: place(layout.now) }}>
            <span className={`numbers ${classes.nowLabel}`}>{format.clock(layout.now)}</span>
          </div>
        )}
      </div>
    </div>
  );
}

function Step({ bar, place, focus, undone }: { bar: Bar; place: Place; focus: StepFocus; undone: boolean }) {
  const { t } = useTranslation();
  const sentence = useBarSentence();
  const waitWords = useWaitWords();
  const { step, wait } = bar;
  const top = 3 + bar.row * 28;
  const filled = bar.end > bar.start ? ((bar.filled - bar.start) / (bar.end - bar.start)) * 100 : 100;
  return (
    <li>
      {wait && (
        <div
          aria-hidden
          className={classes.wait}
          data-over={step.state !== 'waiting' || undefined}
          style={{ left: place(wait.from), width: place(wait.to - wait.from), top }}
        >
          {step.state === 'waiting' && (
            <span className={classes.waitLabel}>{t('timeline.waitsFor', { steps: waitWords(wait.on) })}</span>
          )}
        </div>
      )}
      <div className={classes.slot} style={{ left: place(bar.start), width: place(bar.end - bar.start), top }}>
        <button
          type="button"
          className={classes.bar}
          data-step={step.id}
          data-state={step.state}
          data-undone={(undone && step.state === 'done') || undefined}
          data-shown={focus.shown === step.id || undefined}
          tabIndex={focus.tabStop === step.id ? 0 : -1}
          aria-label={sentence(bar)}
          onMouseEnter={() => focus.hover(step.id)}
          onFocus={() => focus.pin(step.id)}
          onClick={() => focus.pin(step.id)}
        >
          {step.state !== 'waiting' && <span aria-hidden className={classes.fill} style={{ width: `${filled}%` }} />}
          <span className={classes.label}>{t(`steps.${step.kind}.short`)}</span>
        </button>
      </div>
    </li>
  );
}
