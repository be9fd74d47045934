// Gives each page of the app's window a port of its own to the core; when the page goes, so does what it asked for.
import type { RPCHandler } from '@orpc/server/message-port';
import { MessageChannelMain, type WebContents } from 'electron';
import { isOwn } from './address';

/**
 * After each load of one of our pages: a new channel, one end for the core's handler, the other for the page.
 * Reloading closes the earlier page's port, which aborts its pending calls.
 */
export function offerPort(contents: WebContents, handler: RPCHandler<Record<never, never>>): void {
  contents.on('did-finish-load', () => {
    const frame = contents.mainFrame;
    if (!isOwn(frame.url)) return;
    const { port1, port2 } = new MessageChannelMain();
    handler.upgrade(port1, { context: {} });
    port1.start();
    frame.postMessage('boathouse:port', null, [port2]);
  });
}
