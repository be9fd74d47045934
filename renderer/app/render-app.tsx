// Draws the whole app over a stand-in for a component test.
import { notifications } from '@mantine/notifications';
import { render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { loadAll } from '../parts/later';
import { App } from './app';
import { createTexts, type Language } from './language';
import type { StandIn } from './stand-in';

// A test is told what a screen does, not when its code comes.
await loadAll();

/** The app at an address such as `#/doctor`; the returned user types and clicks in it. */
export function renderApp(standIn: StandIn, hash = '#/', language: Language = 'en'): UserEvent {
  notifications.clean();
  window.location.hash = hash;
  standIn.world.settings = { ...standIn.world.settings, language };
  const user = userEvent.setup();
  render(<App boathouse={standIn.boathouse} texts={createTexts(language)} env="test" />);
  return user;
}
