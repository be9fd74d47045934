// What on this computer reaches what in the cluster; ports are opened by typing them.
import { Button, Modal, Text, TextInput } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster, OpenPort } from '../../../../shared/model/cluster';
import { portLine } from '../../../../shared/model/port-text';
import { hindranceWords } from '../change/hindrance';
import { ClosePort } from './close-port';
import { ForwardsPart } from './forwards-part';
import { PortForm } from './port-form';
import { PortTable } from './port-table';
import classes from './ports.module.css';

/** What is asked about in the dialog. */
type Asked = { action: 'open'; text: string } | { action: 'move' | 'close'; port: OpenPort };

export function PortsTab({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<Asked>();
  const [opened, setOpened] = useState(false);
  const origin = useRef<HTMLElement>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const hindrance = hindranceWords(cluster, t);

  function ask(wanted: Asked, from: HTMLElement | null) {
    origin.current = from ?? undefined;
    setAsked(wanted);
    setOpened(true);
  }

  /** The row that had the focus may be gone with its port. */
  function close() {
    setOpened(false);
    setText('');
    (origin.current?.isConnected ? origin.current : field.current)?.focus();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!hindrance) ask({ action: 'open', text }, field.current);
  }

  return (
    <section aria-label={t('ports.title')} className={classes.tab}>
      {hindrance ? (
        <Text c="dimmed" className={classes.why}>
          {hindrance}
        </Text>
      ) : (
        <form className={classes.bar} onSubmit={submit}>
          <TextInput
            ref={field}
            className={classes.field ?? ''}
            label={t('ports.open')}
            description={t('ports.openHint')}
            placeholder="8080"
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" leftSection={<IconPlugConnected aria-hidden size={16} />}>
            {t('ports.openDots')}
          </Button>
        </form>
      )}
      <PortTable
        cluster={cluster}
        changeable={hindrance === undefined}
        onAct={(action, port, from) => ask({ action, port }, from)}
      />
      <ForwardsPart context={cluster.context} />
      <Modal opened={opened} onClose={close} size={920} withCloseButton={false} returnFocus={false}>
        {asked?.action === 'open' && <PortForm cluster={cluster} text={asked.text} onClose={close} />}
        {asked?.action === 'move' && (
          <PortForm cluster={cluster} text={portLine(asked.port)} from={asked.port} onClose={close} />
        )}
        {asked?.action === 'close' && <ClosePort cluster={cluster} port={asked.port} onClose={close} />}
      </Modal>
    </section>
  );
}
