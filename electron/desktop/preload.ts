// The desktop's preload: hands the port to the core on to the app's own page, and exposes nothing else.
import { ipcRenderer } from 'electron';

const origin = 'app://boathouse';

ipcRenderer.on('boathouse:port', (event) => {
  const ownPage = window.location.origin === origin && window.top === window;
  if (ownPage) window.postMessage('boathouse:port', origin, [...event.ports]);
});
