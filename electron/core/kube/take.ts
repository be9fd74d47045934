// A word of the shell in containers: takes so many bytes of the input and no more.

/**
 * `take BYTES`: `head -c` of some systems reads further than it is told, `dd` does not; the one of busybox and of old systems may know
 * no blocks that are read full, and goes byte by byte.
 */
export const takeWord = `
if echo | dd iflag=fullblock,count_bytes count=1 >/dev/null 2>&1; then
  take() { dd bs=64k iflag=fullblock,count_bytes count="$1" 2>/dev/null; }
else
  take() { dd bs=1 count="$1" 2>/dev/null; }
fi`;
