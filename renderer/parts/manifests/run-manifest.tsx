// Runs a manifest that is pasted or dropped: what each of its objects would become is seen first, with mistakes at their lines.
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ManifestObject, objectWords } from '../../../shared/model/manifests';
import { useClient } from '../../stores/app-context';
import { FarName } from '../actions/far-name';
import { DiffView } from '../diff-view';
import { ErrorNotice } from '../error-notice';
import { useAsked } from '../use-asked';
import { useCall } from '../use-call';
import { Conflicts, TakeOver } from './conflicts';
import { ManifestText } from './manifest-text';
import classes from './manifests.module.css';

interface RunManifestProps {
  context: string;
  /** Of a file that was dropped onto the list. */
  text: string;
  onClose: () => void;
}

export function RunManifest({ context, text: given, onClose }: RunManifestProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [text, setText] = useState(given);
  const [namespace, setNamespace] = useState('');
  const [force, setForce] = useState(false);
  const [typed, setTyped] = useState('');
  const [over, setOver] = useState(false);
  const { running, run } = useCall();
  const manifest = { context, text, force, ...(namespace.trim() && { namespace: namespace.trim() }) };
  const asked = useAsked(text.trim() === '' ? undefined : manifest, (asking, input, signal) =>
    asking.manifests.diff(input, { signal }),
  );
  const diff = text.trim() === '' ? undefined : asked.answer;
  const objects = diff?.objects ?? [];
  const owned = objects.some(({ conflicts }) => conflicts.length > 0);
  const problems = [...(diff?.problems ?? []), ...objects.flatMap((object) => object.problems)];
  const far = diff?.local === false;
  const doing = objects.filter(({ change }) => change !== 'unchanged').length;
  const ready = !asked.asking && !asked.error && problems.length === 0 && !owned && doing > 0;

  async function drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    setText(await textOf(event));
  }

  return (
    <Modal opened onClose={onClose} size="xl" withCloseButton={false}>
      {/* Not as the dialog's `title`: that would sit in a second banner. */}
      <Modal.Title fw={600} mb="sm">
        {t('manifests.run')}
      </Modal.Title>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: pasting does the same by keyboard */}
      <div
        className={`${classes.body} ${classes.drop}`}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => void drop(event)}
      >
        <Text size="sm" c="dimmed">
          {t('manifests.lead')}
        </Text>
        <ManifestText text={text} onChange={setText} problems={problems} label={t('manifests.text')} />
        <TextInput
          label={t('manifests.namespace')}
          value={namespace}
          onChange={(event) => setNamespace(event.currentTarget.value)}
        />
        {asked.error && diff && <ErrorNotice error={asked.error} />}
        {objects.length > 0 && (
          <ul className={classes.objects} aria-label={t('manifests.objects')}>
            {objects.map((object) => (
              <Outcome key={`${object.document}:${object.line}:${objectWords(object)}`} object={object} />
            ))}
          </ul>
        )}
        {(owned || force) && <TakeOver force={force} onForce={setForce} />}
        {far && <FarName context={context} typed={typed} onType={setTyped} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button
            loading={running}
            disabled={!ready || (far && typed !== context)}
            onClick={() =>
              void run(() => client.manifests.apply({ ...manifest, ...(far && { confirmed: typed }) })).then(
                (begun) => begun && onClose(),
              )
            }
          >
            {t('manifests.apply', { count: doing })}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

/** Files of YAML or JSON, or text that was marked elsewhere. */
export function holdsManifest({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>): boolean {
  const files = [...dataTransfer.files];
  return (
    files.every(({ name }) => /\.(ya?ml|json)$/i.test(name)) &&
    (files.length > 0 || dataTransfer.getData('text/plain') !== '')
  );
}

/** Of all files that are dropped, one after the other. */
export async function textOf({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>): Promise<string> {
  const files = [...dataTransfer.files];
  if (files.length === 0) return dataTransfer.getData('text/plain');
  return (await Promise.all(files.map((file) => file.text()))).join('\n---\n');
}

function Outcome({ object }: { object: ManifestObject }) {
  const { t } = useTranslation();
  const { change, hunks, conflicts, line, awaits, error } = object;
  return (
    <li>
      <div className={classes.head}>
        <span className={classes.change} data-change={change}>
          {t(`manifests.change.${change}`)}
        </span>
        <span className="mono">{objectWords(object)}</span>
        {line > 0 && <span className={classes.quiet}>{t('templates.line', { line })}</span>}
        {awaits && <span className={classes.quiet}>{t('manifests.awaits', { what: awaits })}</span>}
      </div>
      {error && <ErrorNotice error={error} />}
      <Conflicts conflicts={conflicts} />
      {change === 'changed' && <DiffView files={[{ file: objectWords(object), hunks }]} />}
    </li>
  );
}
