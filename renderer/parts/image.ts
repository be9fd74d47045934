// Image references as people read them.

/** A reference without its digest where a tag says enough; a bare digest as docker shortens it. */
export function shortImage(image: string): string {
  if (/:[^/@]+@sha256:/.test(image)) return image.replace(/@sha256:.*$/, '');
  return image.replace(/(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1');
}
