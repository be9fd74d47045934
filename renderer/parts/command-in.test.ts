// Commands are found where hints put them, and nothing else is taken for one.
import { expect, it } from 'vitest';
import { commandIn } from './command-in';

it.each([
  ['Start it with: boathouse start shop', ['Start it with: ', 'boathouse start shop', '']],
  [
    'Add yourself to the group docker: sudo usermod -aG docker "$USER", then log out and in again.',
    ['Add yourself to the group docker: ', 'sudo usermod -aG docker "$USER"', ', then log out and in again.'],
  ],
  [
    'Start Docker: open Docker Desktop, or run "sudo systemctl start docker".',
    ['Start Docker: open Docker Desktop, or run ', 'sudo systemctl start docker', '.'],
  ],
  ['See `boathouse list`', ['See ', 'boathouse list', '']],
  ['sudo sysctl fs.inotify.max_user_instances=512', ['', 'sudo sysctl fs.inotify.max_user_instances=512', '']],
])('%s', (text, [before, command, after]) => {
  expect(commandIn(text)).toEqual({ before, command, after });
});

it.each([
  'Choose another name.',
  'Add the registry to "insecure-registries".',
  'Stop shop.',
  'docker system prune removes it.',
])('%s', (text) => {
  expect(commandIn(text)).toBeUndefined();
});
