// Runs the built main process against the fake electron, does what a window and a user would, and prints what it saw as JSON.
import { once } from 'node:events';
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';

const bundle = pathToFileURL(process.argv[2]).href;
const imports = new Set();
const { port1, port2 } = new MessageChannel();
port1.on('message', (specifier) => imports.add(specifier)).unref();
const data = { port: port2, bundle: bundle.slice(0, bundle.lastIndexOf('/') + 1) };
register('./resolve-electron.mjs', import.meta.url, { data, transferList: [port2] });

const electron = await import('electron');
const { app, calls, handlers, trays, windows } = electron;

/** Waits until a condition holds, looking again whenever the event loop has nothing else to do. */
async function until(condition) {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

await import(bundle);
await until(() => windows.length === 1 && trays[0]?.menu);
const [window] = windows;
const { webContents } = window;

function offered() {
  webContents.emit('did-finish-load');
  return webContents.mainFrame.sent.splice(0);
}

const [[channel, body, [port]]] = offered();
const client = createORPCClient(new RPCLink({ port }));
const about = await client.settings.about();
const pending = client.diagnostics.engine().then(async (states) => {
  for await (const _state of states) if (port.closing) break;
});

webContents.mainFrame.url = 'https://evil.example/';
const offeredElsewhere = offered().length;

function navigate(url) {
  let prevented = false;
  webContents.emit('will-frame-navigate', { url, preventDefault: () => (prevented = true) });
  return prevented ? 'denied' : 'allowed';
}

function permit(permission, url) {
  let answer;
  webContents.onPermission({ getURL: () => url }, permission, (given) => (answer = given));
  return answer;
}

async function fetchFile(address, method = 'GET') {
  const response = await handlers.get('app')(new Request(address, { method }));
  const { status, headers } = response;
  return { status, policy: headers.get('content-security-policy'), text: await response.text() };
}

app.emit('second-instance', {}, ['boathouse', 'boathouse://clusters/shop'], '/home/ana');
app.emit('second-instance', {}, ['boathouse', 'class.boathouse'], '/home/ana');
app.emit('open-file', { preventDefault() {} }, '/home/ana/other.boathouse');
app.emit('window-all-closed');
const report = {
  about,
  channel,
  body,
  offeredElsewhere,
  options: { ...window.options, webPreferences: { ...window.options.webPreferences } },
  loaded: window.loaded,
  navigation: ['app://boathouse/index.html#/x', 'https://kubernetes.io/', 'file:///etc/passwd'].map(navigate),
  opened: ['https://kubernetes.io/docs/', 'http://kubernetes.io/', 'app://boathouse/'].map((url) =>
    webContents.onOpen({ url }),
  ),
  permissions: [
    permit('clipboard-sanitized-write', 'app://boathouse/index.html'),
    permit('notifications', 'app://boathouse/index.html'),
    permit('notifications', 'https://evil.example/'),
    permit('media', 'app://boathouse/'),
  ],
  files: {
    index: await fetchFile('app://boathouse/'),
    outside: await fetchFile('app://boathouse/..%2f..%2fpackage.json'),
    posted: await fetchFile('app://boathouse/index.html', 'POST'),
  },
  tray: trays[0].menu.map((item) => item.label ?? item.type),
  windows: windows.length,
  calls: calls.filter(([name]) => name !== 'quit'),
};
// A page that goes takes its calls with it; then the way out, which ends the core.
port.close();
await pending.catch(() => {});
const quit = once(app, 'quit');
app.quit();
await quit;
report.imports = [...imports].filter((specifier) => !specifier.startsWith('.'));
process.stdout.write(JSON.stringify(report));
