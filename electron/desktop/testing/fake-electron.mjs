// Stands where the module 'electron' is, so that the built main process can be run by Node: keeps what it is told.
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';

/** What has been called, in order: `[name, ...arguments]`. */
export const calls = [];
export const windows = [];
export const trays = [];
export const handlers = new Map();

const note =
  (name, result) =>
  (...given) => {
    calls.push([name, ...given]);
    return result;
  };

export const app = Object.assign(new EventEmitter(), {
  enableSandbox: note('enableSandbox'),
  requestSingleInstanceLock: note('requestSingleInstanceLock', true),
  whenReady: async () => {},
  getLocale: () => 'en-US',
  getPath: () => process.env.FAKE_USER_DATA,
  getVersion: () => '0.0.0',
  isPackaged: false,
  setLoginItemSettings: note('setLoginItemSettings'),
  relaunch: note('relaunch'),
  exit: note('exit'),
  setAsDefaultProtocolClient: note('setAsDefaultProtocolClient'),
  quit() {
    calls.push(['quit']);
    let prevented = false;
    app.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) app.emit('quit');
  },
});

class WebContents extends EventEmitter {
  mainFrame = {
    url: '',
    sent: [],
    postMessage: (...message) => this.mainFrame.sent.push(message),
  };
  session = { setPermissionRequestHandler: (handler) => (this.onPermission = handler) };
  setWindowOpenHandler(handler) {
    this.onOpen = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents();
  loaded = [];
  constructor(options) {
    super();
    this.options = options;
    windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(address) {
    this.loaded.push(address);
    this.webContents.mainFrame.url = address;
  }
  getNormalBounds = () => ({ x: 1, y: 2, width: 1000, height: 700 });
  isMaximized = () => false;
  isMinimized = () => false;
  isDestroyed = () => false;
  isFocused = () => false;
  show() {}
  focus() {}
}

/** Electron's ports have `on` and give events with `data`; Node's own give the data. */
class PortMain extends EventEmitter {
  constructor(port) {
    super();
    this.port = port;
    port.on('message', (data) => this.emit('message', { data }));
    port.on('close', () => this.emit('close'));
  }
  postMessage(data) {
    this.port.postMessage(data);
  }
  start() {
    this.port.start();
  }
}

export class MessageChannelMain {
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new PortMain(port1);
    this.port2 = port2;
  }
}

export class Tray extends EventEmitter {
  constructor(icon) {
    super();
    this.icon = icon;
    trays.push(this);
  }
  setToolTip() {}
  setContextMenu(menu) {
    this.menu = menu;
    this.emit('menu');
  }
}

export const Menu = { buildFromTemplate: (template) => template, setApplicationMenu: note('setApplicationMenu') };
export const nativeImage = { createFromPath: (path) => ({ path }) };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] };
export class Notification extends EventEmitter {
  static isSupported = () => true;
  constructor(options) {
    super();
    calls.push(['notification', options]);
  }
  show() {}
}

export const shell = { openExternal: note('openExternal') };
export const dialog = { showMessageBox: note('showMessageBox', { response: 0 }) };
export const ipcMain = new EventEmitter();
export const net = { fetch: async (address) => new Response(`content of ${address}`) };
export const protocol = {
  registerSchemesAsPrivileged: note('registerSchemesAsPrivileged'),
  handle: (scheme, handler) => handlers.set(scheme, handler),
};

export default { app, ipcMain, shell };
