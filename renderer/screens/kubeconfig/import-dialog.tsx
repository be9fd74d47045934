// Takes another kubeconfig in: a file or pasted text, what becomes of each context in it, and what would change.
import { Button, FileButton, Group, Modal, Select, Table, Textarea } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ImportChoice, importChoices, type KubeconfigPlan } from '../../../shared/model/kubeconfig';
import { ChangePreview, usePlan } from './change-preview';
import { useChange, type Wish } from './use-change';

type Choices = Record<string, ImportChoice>;

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { running, change } = useChange();
  const [text, setText] = useState('');
  const [choices, setChoices] = useState<Choices>({});
  const wish: Wish | undefined = text.trim() === '' ? undefined : { kind: 'import', text, choices };
  const asked = usePlan(wish);
  const { answer, error } = asked;
  return (
    <Modal opened onClose={onClose} size="xl" withCloseButton={false}>
      {/* Not as the dialog's `title`: that would sit in a second banner. */}
      <Modal.Title fw={600}>{t('kubeconfig.importTitle')}</Modal.Title>
      <Textarea
        mt="sm"
        data-autofocus
        label={t('kubeconfig.pasted')}
        rows={7}
        spellCheck={false}
        autoComplete="off"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group mt="xs">
        <FileButton onChange={(file) => void file?.text().then(setText)}>
          {(props) => (
            <Button {...props} size="xs" variant="default" leftSection={<IconFileText aria-hidden size={15} />}>
              {t('kubeconfig.chooseFile')}
            </Button>
          )}
        </FileButton>
      </Group>
      {wish && answer && !error && <Outcomes imports={answer.imports} choices={choices} onChoose={setChoices} />}
      {wish && <ChangePreview asked={asked} />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button
          loading={running}
          disabled={!wish || !answer || error !== undefined || answer.files.length === 0}
          onClick={() => wish && void change(wish).then((done) => done && onClose())}
        >
          {t('kubeconfig.import')}
        </Button>
      </Group>
    </Modal>
  );
}

interface OutcomesProps {
  imports: KubeconfigPlan['imports'];
  choices: Choices;
  onChoose: (choices: Choices) => void;
}

function Outcomes({ imports, choices, onChoose }: OutcomesProps) {
  const { t } = useTranslation();
  return (
    <Table my="sm" verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('kubeconfig.context')}</Table.Th>
          <Table.Th>{t('kubeconfig.server')}</Table.Th>
          <Table.Th>{t('kubeconfig.becomes')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {imports.map(({ name, as, becomes, conflict, server }) => (
          <Table.Tr key={name}>
            <Table.Td className="mono">{name}</Table.Td>
            <Table.Td className="mono">{server}</Table.Td>
            <Table.Td>
              {conflict ? (
                <Select
                  size="xs"
                  allowDeselect={false}
                  aria-label={t('kubeconfig.choose', { name })}
                  value={choices[name] ?? 'rename'}
                  data={importChoices.map((value) => ({ value, label: t(`kubeconfig.choice.${value}`, { as }) }))}
                  onChange={(value) => {
                    const choice = importChoices.find((each) => each === value);
                    if (choice) onChoose({ ...choices, [name]: choice });
                  }}
                />
              ) : (
                t(`kubeconfig.become.${becomes}`)
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
