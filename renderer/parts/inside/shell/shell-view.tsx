// A shell in a container of one object, or on a node; where there is none, a debugging container or pod that has one.
import { Button, Text, TextInput } from '@mantine/core';
import { IconBug, IconRefresh } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { targetKindOf } from '../../../../shared/model/pod-target';
import type { WantedExec } from '../../../../shared/model/podexec';
import { ErrorNotice } from '../../error-notice';
import { ContainerSelect } from '../container-select';
import type { ObjectViewProps } from '../object-view';
import type { Screen } from './screen';
import classes from './shell.module.css';
import { useShell } from './use-shell';

const firstSize = { columns: 80, rows: 24 };

export function ShellView({ of: { context, kind, namespace = '', name }, detail }: ObjectViewProps) {
  const target: WantedExec['target'] =
    kind.resource === 'nodes'
      ? { kind: 'node', name }
      : { namespace, kind: targetKindOf(kind.resource) ?? 'pod', name };
  return <ShellPane context={context} target={target} containers={detail.containers} />;
}

interface ShellPaneProps {
  context: string;
  target: WantedExec['target'];
  /** Of which one can be chosen. */
  containers?: readonly string[];
}

export function ShellPane({ context, target, containers = [] }: ShellPaneProps) {
  const { t } = useTranslation();
  const { name } = target;
  const onNode = target.kind === 'node';
  const [container, setContainer] = useState<string>();
  const [image, setImage] = useState('busybox');
  const [debug, setDebug] = useState<string>();
  const [round, setRound] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const screen = useRef<Screen>(undefined);
  /** What was said before there was a screen. */
  const early = useRef<Uint8Array[]>([]);
  const { state, type, resize } = useShell(
    {
      context,
      target,
      terminal: firstSize,
      ...(container !== undefined && { container }),
      ...(debug !== undefined && { debug: { image: debug } }),
    },
    round,
    (bytes) => (screen.current ? screen.current.say(bytes) : early.current.push(bytes)),
  );
  const open = state.phase === 'open';

  useEffect(() => {
    if (!open) return;
    const opening = new AbortController();
    void import('./screen').then(({ openScreen }) => {
      if (opening.signal.aborted || !box.current) return;
      const label = t('podShell.of', { name });
      screen.current = openScreen(box.current, { label, onType: type, onSize: resize });
      for (const bytes of early.current.splice(0)) screen.current.say(bytes);
    });
    return () => {
      opening.abort();
      screen.current?.dispose();
      screen.current = undefined;
    };
  }, [open, type, resize, t, name]);

  const again = (wanted = container) => {
    setDebug(undefined);
    setContainer(wanted);
    setRound(round + 1);
  };
  const join = (event: FormEvent) => {
    event.preventDefault();
    setDebug(image.trim());
    setRound(round + 1);
  };
  return (
    <div className={classes.pane}>
      <div className={classes.tools}>
        {!onNode && <ContainerSelect containers={containers} chosen={container} onChoose={again} />}
        <Button size="xs" variant="default" leftSection={<IconRefresh aria-hidden size={15} />} onClick={() => again()}>
          {t('podShell.again')}
        </Button>
      </div>
      <Text size="xs" c="dimmed" role="status">
        {statusWords()}
      </Text>
      {state.phase === 'failed' && <ErrorNotice error={state.error} />}
      {state.phase === 'failed' && (
        <form className={classes.tools} onSubmit={join}>
          <TextInput
            size="xs"
            label={t(onNode ? 'podShell.nodeImage' : 'podShell.debugImage')}
            autoComplete="off"
            spellCheck={false}
            value={image}
            onChange={(event) => setImage(event.currentTarget.value)}
          />
          <Button
            size="xs"
            type="submit"
            disabled={image.trim() === ''}
            leftSection={<IconBug aria-hidden size={15} />}
          >
            {t(onNode ? 'podShell.makePod' : 'podShell.debug')}
          </Button>
        </form>
      )}
      <div ref={box} className={classes.screen} hidden={!open} />
    </div>
  );

  function statusWords(): string {
    if (state.phase === 'open' && onNode) return t('podShell.onNode', { name });
    if (state.phase === 'open') return t('podShell.open', { pod: state.pod, container: state.container });
    if (state.phase === 'ended') return t('podShell.ended', { code: state.code });
    if (state.phase === 'failed') return '';
    if (state.waitingFor === undefined) return t('podShell.opening');
    return t(onNode ? 'podShell.makingPod' : 'podShell.waiting', { image: state.waitingFor });
  }
}
