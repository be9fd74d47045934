// Opens a port as it is typed, or moves one: where it is on this computer, and what of the cluster it leads to.
import { Autocomplete, TextInput } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClusterChange, portText } from '../../../../shared/model/change';
import type { Cluster, OpenPort } from '../../../../shared/model/cluster';
import type { ErrorData } from '../../../../shared/model/errors';
import { parsePort, portLine, type TypedPort, targetText } from '../../../../shared/model/port-text';
import type { TemplatePort } from '../../../../shared/model/template/ports';
import { useAsked } from '../../../parts/use-asked';
import { ChangeForm } from '../change/change-form';
import { useChange } from '../change/use-change';
import { likelyTarget, targetChoices, targetFrom } from './port-target';

interface PortFormProps {
  cluster: Cluster;
  /** What was typed already. */
  text: string;
  /** The port that is moved. */
  from?: OpenPort | undefined;
  onClose: () => void;
}

export function PortForm({ cluster, text: begun, from, onClose }: PortFormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(begun);
  const [chosen, setChosen] = useState<string>();
  const services = useAsked({ name: cluster.name }, (client, input, signal) =>
    client.clusters.services(input, { signal }),
  ).answer;
  const read = parsePort(text);
  const typed = 'port' in read ? read.port : undefined;
  const target = typed?.to ? targetText(typed.to) : (chosen ?? (typed && likelyTarget(services ?? [], typed)) ?? '');
  const port = typed && withTarget(typed, target);
  const change = useChange(cluster.name, port && changesFor(port, from));
  const taken = change.error?.code === 'port-taken' ? change.error : undefined;
  const lost = change.error?.code === 'bad-input' && change.error.params?.node !== undefined;
  const targetBad = target !== '' && targetFrom(target) === undefined;
  return (
    <ChangeForm
      cluster={cluster}
      title={from ? t('ports.moveTitle', { port: portText(from) }) : t('ports.openTitle', { name: cluster.name })}
      change={change}
      errorShown={taken !== undefined || lost}
      confirm={from ? t('ports.moveConfirm') : t('ports.openConfirm')}
      icon={<IconPlugConnected aria-hidden size={16} />}
      onClose={onClose}
    >
      <TextInput
        label={t('ports.text')}
        description={t('ports.textHint')}
        placeholder="8080"
        data-autofocus
        spellCheck={false}
        autoComplete="off"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={text}
        error={taken ? takenWords(taken, t) : 'problem' in read && t(`ports.problem.${read.problem}`)}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Autocomplete
        label={t('ports.target')}
        description={t('ports.targetHint')}
        placeholder="web:80"
        disabled={typed?.to !== undefined}
        value={target}
        data={typed ? targetChoices(services ?? [], typed) : []}
        spellCheck={false}
        comboboxProps={{ withinPortal: true }}
        error={lost ? t('ports.noNode', { node: change.error?.params?.node }) : targetBad && t('ports.problem.target')}
        onChange={setChosen}
      />
    </ChangeForm>
  );
}

function withTarget({ inside: _, ...typed }: TypedPort, text: string): TemplatePort | undefined {
  const to = targetFrom(text);
  return to && { ...typed, to };
}

/** Opening, with the closing of the port that it takes the place of; nothing where nothing would change. */
function changesFor(port: TemplatePort, from: OpenPort | undefined): ClusterChange[] | undefined {
  const open: ClusterChange = { kind: 'open-port', port };
  if (!from) return [open];
  if (portLine(port) === portLine(from)) return undefined;
  const { hostAddress, hostPort, protocol } = from;
  return [{ kind: 'close-port', port: { hostAddress, hostPort, protocol } }, open];
}

function takenWords({ params, message }: ErrorData, t: TFunction): string {
  const { port, cluster, container } = params ?? {};
  if (cluster !== undefined) return t('ports.takenByCluster', { port, cluster });
  return container === undefined ? message : t('ports.takenBy', { port, container });
}
