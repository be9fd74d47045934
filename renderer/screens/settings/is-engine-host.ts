// Tells an address of a Docker Engine from a slip of the pen.

/** True for the forms that Docker's own command line takes: `unix://`, `npipe://`, `tcp://`, `http(s)://`, `ssh://`. */
export function isEngineHost(text: string): boolean {
  if (/^unix:\/\/\/\S+$/.test(text) || /^npipe:\/\/\S+$/.test(text)) return true;
  return /^(tcp|https?|ssh):\/\/\S+$/.test(text) && URL.canParse(text.replace(/^\w+:/, 'http:'));
}
