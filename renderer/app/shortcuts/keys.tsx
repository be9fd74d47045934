// Keys as they are on the user's keyboard, as text: `Ctrl+K`, `g c`.
import { Kbd } from '@mantine/core';
import { isMac } from './shortcuts';

export function Keys({ keys }: { keys: string }) {
  return (
    <span style={{ display: 'inline-flex', gap: 4, whiteSpace: 'nowrap' }}>
      {keys.split(' ').map((key) => (
        <Kbd key={key} size="xs">
          {key.replace('Mod+', isMac() ? '⌘' : 'Ctrl ').replace('Alt+', isMac() ? '⌥' : 'Alt ')}
        </Kbd>
      ))}
    </span>
  );
}
