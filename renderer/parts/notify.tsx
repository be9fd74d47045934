// Short messages in the corner: an icon, a word or two, perhaps a way back, gone by themselves.
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconPlayerStop, IconX } from '@tabler/icons-react';

export interface Notice {
  kind: 'good' | 'bad' | 'off';
  title?: string;
  message: string;
  /** A button in it, such as one that takes back what is told; the notice goes as it is pressed. */
  action?: { label: string; run: () => void };
}

const looks = {
  good: { color: 'harbour', icon: <IconCheck aria-hidden size={18} /> },
  bad: { color: 'red', icon: <IconX aria-hidden size={18} /> },
  off: { color: 'gray', icon: <IconPlayerStop aria-hidden size={16} /> },
};

/** Shows a notice; bad ones, and those with a button, stay long enough to be read. */
export function notify({ kind, title, message, action }: Notice): void {
  const id = notifications.show({
    ...looks[kind],
    ...(title !== undefined && { title }),
    message: action ? (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <span>{message}</span>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      </Group>
    ) : (
      message
    ),
    autoClose: kind === 'bad' || action ? 12_000 : 5_000,
  });
}
