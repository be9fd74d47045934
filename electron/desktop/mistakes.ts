// When something of ours breaks: a page that dies is loaded again, a core that breaks is said, and the app starts again.
import { app, dialog } from 'electron';
import type { DesktopWords } from './words';

/** A page may die so often in a minute before it is left alone: it would die again. */
const mostReloads = 3;

/**
 * Pages: loaded again; what they showed is the core's, so nothing is lost. The process, which the core is in: the user is told, and it
 * starts again; work that was under way is in the journal, which the doctor reads.
 */
export function restartAfterMistakes(
  words: () => Promise<DesktopWords>,
  end: () => Promise<void>,
  ending: AbortSignal,
): void {
  const reloads: number[] = [];
  app.on('render-process-gone', (_event, contents, { reason }) => {
    if (reason === 'clean-exit' || contents.isDestroyed()) return;
    const now = Date.now();
    reloads.push(now);
    if (reloads.filter((at) => now - at < 60_000).length <= mostReloads) contents.reload();
  });
  let broken = false;
  const onMistake = (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    // On the way out, what is cut short may complain.
    if (broken || ending.aborted) return;
    broken = true;
    void startAgain(words, end);
  };
  process.on('uncaughtException', onMistake);
  process.on('unhandledRejection', onMistake);
}

async function startAgain(words: () => Promise<DesktopWords>, end: () => Promise<void>): Promise<void> {
  const { broken } = await words();
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: broken.title,
    detail: broken.detail,
    buttons: [broken.restart, broken.quit],
    defaultId: 0,
    cancelId: 0,
  });
  // What can still be ended in order is; a core that hangs does not keep the app.
  await Promise.race([end().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 5000))]);
  if (response === 0) app.relaunch();
  app.exit(1);
}
