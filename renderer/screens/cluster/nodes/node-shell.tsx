// A shell on a node, in a dialog over its row.
import { Box, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Command } from '../../../parts/copy';
import { laterInside } from '../../../parts/later';

const ShellPane = laterInside(async () => (await import('../../../parts/inside/shell/shell-view')).ShellPane);

interface NodeShellProps {
  context: string;
  node: string;
  onClose: () => void;
}

export function NodeShell({ context, node, onClose }: NodeShellProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size={920}
      title={t('podShell.of', { name: node })}
      // Escape is the shell's.
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': t('inside.close') }}
      returnFocus={false}
    >
      <ShellPane context={context} target={{ kind: 'node', name: node }} />
      <Box mt="sm">
        <Command text={`boathouse nodes shell ${context} ${node}`} />
      </Box>
    </Modal>
  );
}
