// Addresses without the name and password that they may carry.

/** `scheme://user:password@host`: everything between the slashes and the last at sign before the next slash. */
const userInfo = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+(?:@[^\s/@"']+)*@/gi;

/** The text with `[removed]` in place of the user and password of every address in it. */
export function withoutPassword(text: string): string {
  return text.replace(userInfo, '$1[removed]@');
}
