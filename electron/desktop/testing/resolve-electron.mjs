// Module hooks: 'electron' leads to the fake one, and whatever the bundle itself imports is told to the main thread.
let port;
let bundle;

export function initialize(data) {
  ({ port, bundle } = data);
}

export async function resolve(specifier, context, next) {
  if (context.parentURL?.startsWith(bundle)) port.postMessage(specifier);
  if (specifier === 'electron')
    return { url: new URL('./fake-electron.mjs', import.meta.url).href, shortCircuit: true };
  return next(specifier, context);
}
