// The form beside the text: what most templates say. Every change goes into the text, where the rest stays as it was written.
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { isMap, isSeq } from 'yaml';
import { textWith, textWithEntry, type YamlPath } from '../yaml-edit';
import { ChoiceField, TextField, useEditing, YesField } from './form-field';
import classes from './template-text.module.css';

/** @param of `spec`: without what a template is called and for */
export function EditorForm({ of }: { of: 'template' | 'spec' }) {
  const { t } = useTranslation();
  return (
    <div className={classes.form}>
      {of === 'template' && (
        <Part title={t('editor.general')}>
          <TextField label={t('editor.id')} path={['metadata', 'id']} />
          <WordsField label={t('editor.title')} path={['metadata', 'title']} />
          <WordsField label={t('editor.description')} path={['metadata', 'description']} />
        </Part>
      )}
      <Part title="Kubernetes">
        <div className={classes.pair}>
          <ChoiceField label={t('editor.provider')} path={['spec', 'provider']} choices={['kubeadm', 'k3s']} />
          <TextField label={t('editor.version')} path={['spec', 'kubernetes', 'version']} placeholder="1.36" />
        </div>
      </Part>
      <Rows
        title={t('editor.nodes')}
        path={['spec', 'nodes']}
        fresh={{ role: 'worker' }}
        add={t('editor.addPool')}
        row={(path) => (
          <>
            <ChoiceField label={t('editor.role')} path={[...path, 'role']} choices={['', 'control-plane', 'worker']} />
            <TextField label={t('editor.count')} path={[...path, 'count']} number placeholder="1" />
            <TextField label={t('editor.memory')} path={[...path, 'resources', 'memory']} placeholder="2Gi" />
          </>
        )}
      />
      <Rows
        title={t('editor.ports')}
        path={['spec', 'ports']}
        fresh={{ hostPort: 8080, to: { service: 'web', port: 80 } }}
        add={t('editor.addPort')}
        row={(path) => (
          <>
            <TextField label={t('editor.hostPort')} path={[...path, 'hostPort']} number placeholder="8080" />
            <Target path={[...path, 'to']} />
          </>
        )}
      />
      <Part title={t('editor.network')}>
        <div className={classes.pair}>
          <ChoiceField label={t('editor.cni')} path={['spec', 'networking', 'cni']} choices={['default', 'none']} />
          <ChoiceField
            label="kube-proxy"
            path={['spec', 'networking', 'kubeProxy']}
            choices={['iptables', 'ipvs', 'nftables', 'none']}
          />
        </div>
        <YesField label={t('editor.registry')} path={['spec', 'registry', 'enabled']} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.part} aria-labelledby={id}>
      <h2 id={id} className={classes.heading}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Text for everyone, or the text of the language that the user sees. */
function WordsField({ label, path }: { label: string; path: YamlPath }) {
  const { i18n } = useTranslation();
  const { document } = useEditing();
  const words = document.getIn(path);
  if (!isMap(words)) return <TextField label={label} path={path} />;
  const language = words.has(i18n.language) ? i18n.language : 'en';
  return <TextField label={`${label} (${language})`} path={[...path, language]} />;
}

interface RowsProps {
  title: string;
  path: YamlPath;
  /** What a new entry says. */
  fresh: unknown;
  add: string;
  row: (path: YamlPath) => ReactNode;
}

function Rows({ title, path, fresh, add, row }: RowsProps) {
  const { t } = useTranslation();
  const { text, document, onChange } = useEditing();
  const list = document.getIn(path);
  const count = isSeq(list) ? list.items.length : 0;
  return (
    <Part title={title}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no other identity
        <div key={index} className={classes.row}>
          {row([...path, index])}
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('editor.remove', { number: index + 1 })}
            onClick={() => onChange(textWith(text, [...path, index], undefined))}
          >
            <IconTrash aria-hidden size={17} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        className={classes.add}
        leftSection={<IconPlus aria-hidden size={15} />}
        onClick={() => onChange(textWithEntry(text, path, fresh))}
      >
        {add}
      </Button>
    </Part>
  );
}

/** Where a port leads: the fields of the form that it has in the text. */
function Target({ path }: { path: YamlPath }) {
  const { t } = useTranslation();
  const { document } = useEditing();
  if (document.hasIn([...path, 'nodePort'])) {
    return <TextField label={t('editor.target.nodePort')} path={[...path, 'nodePort']} number />;
  }
  const name = document.hasIn([...path, 'node']) ? 'node' : 'service';
  return (
    <>
      <TextField label={t(`editor.target.${name}`)} path={[...path, name]} />
      <TextField label={t('editor.port')} path={[...path, 'port']} number />
    </>
  );
}
