// Style sheets of later parts that did not come are asked for again: a browser breaks off what it fetches when a network of the computer
// changes, and making clusters changes networks.

/** As Vite says it of a part whose code may have come. */
const unstyled = /^Unable to preload CSS for (\S+)$/;

/** The part is drawn meanwhile, in place of a fault. */
export function askForStylesAgain(page: Window): void {
  page.addEventListener('vite:preloadError', (event) => {
    const [, address] = unstyled.exec(event.payload.message) ?? [];
    if (address === undefined) return;
    event.preventDefault();
    const link = page.document.createElement('link');
    link.rel = 'stylesheet';
    link.href = address;
    page.document.head.append(link);
  });
}
