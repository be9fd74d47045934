// Log lines of programs that believe to speak to a terminal, without the colours and cursor moves that are meant for it.

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** The text without terminal escape sequences (ECMA-48: CSI, OSC and two-character ones) and other control characters. */
export function plainText(text: string): string {
  return text.replace(escapes, '').replace(controls, '');
}
