// The browser's own notifications, for while the page is not looked at; the desktop's are made by its main process.

/** Whether the browser lets us, was asked yet, or cannot. */
export function awayPermission(): NotificationPermission | 'unable' {
  return 'Notification' in window ? Notification.permission : 'unable';
}

/** Asks the user once, from a click of theirs. */
export async function askForAway(): Promise<NotificationPermission | 'unable'> {
  return 'Notification' in window ? await Notification.requestPermission() : 'unable';
}

/** Tells of something when nobody looks and the browser lets us; a click leads back here. */
export function notifyAway(title: string, body: string): void {
  if (document.visibilityState === 'visible' || awayPermission() !== 'granted') return;
  const notice = new Notification(title, { body });
  notice.onclick = () => window.focus();
}
