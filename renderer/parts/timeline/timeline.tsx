// The timeline of an operation: lanes of steps over real time, with an explanation of the step that is looked at.
import { SegmentedControl } from '@mantine/core';
import { type FocusEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasEnded, type Operation } from '../../../shared/model/operation';
import { Chart } from './chart';
import { stepBeside } from './keyboard';
import { layOut, leadingStep, type TimelineLayout } from './layout';
import { StepDetail } from './step-detail';
import { useStepFocus } from './step-focus';
import { StepsTable } from './steps-table';
import classes from './timeline.module.css';
import { useNow } from './use-now';

type View = 'chart' | 'table';

export function Timeline({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const now = useNow(!hasEnded(operation.state));
  const [view, setView] = useState<View>('chart');
  const layout = useGrowingLayout(operation, now);
  const focus = useStepFocus(leadingStep(operation, now)?.id ?? operation.steps[0]?.id);
  const shown = operation.steps.find((step) => step.id === focus.shown);
  const bars = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') return focus.pin(undefined);
    const next = focus.tabStop && stepBeside(layout, focus.tabStop, event.key);
    if (!next) return;
    event.preventDefault();
    const all = bars.current?.querySelectorAll<HTMLElement>('[data-step]') ?? [];
    [...all].find((bar) => bar.dataset.step === next)?.focus();
  }

  function onBlur(event: FocusEvent<HTMLElement>) {
    if (!event.currentTarget.contains(event.relatedTarget)) focus.pin(undefined);
  }

  return (
    <div className={classes.timeline}>
      <div className={classes.views}>
        <SegmentedControl
          size="xs"
          aria-label={t('timeline.view')}
          value={view}
          onChange={(value) => setView(value)}
          data={[
            { value: 'chart' as View, label: t('timeline.chart') },
            { value: 'table' as View, label: t('timeline.table') },
          ]}
        />
      </div>
      {view === 'table' ? (
        <StepsTable operation={operation} layout={layout} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys and the pointer are those of the bars inside
        <div ref={bars} onKeyDown={onKeyDown} onBlur={onBlur} onMouseLeave={() => focus.hover(undefined)}>
          <Chart layout={layout} operation={operation} focus={focus} />
          {shown && <StepDetail step={shown} layout={layout} subject={operation.subject} pinned={focus.isPinned} />}
        </div>
      )}
    </div>
  );
}

/** The layout, whose axis only grows while the operation runs. */
function useGrowingLayout(operation: Operation, now: number): TimelineLayout {
  const length = useRef(0);
  const layout = useMemo(() => layOut(operation, now, length.current), [operation, now]);
  useEffect(() => {
    length.current = layout.length;
  }, [layout]);
  return layout;
}
