// Authorities that nodes of k3s trust besides the usual ones.
import type { ContainerFile } from '../../../engine/archive';

/**
 * Every program of k3s, its containerd too, is one process in Go, which reads all files of this folder (Go: crypto/x509, root_linux.go;
 * k3d's documentation has users mount theirs there).
 */
const folder = '/etc/ssl/certs';

/** PEM, by the name that the template gives them. */
export function certificateFiles(certificates: ReadonlyMap<string, string>): ContainerFile[] {
  return [...certificates].map(([name, content]) => ({
    path: `${folder}/boathouse-${name}.pem`,
    content,
    mode: 0o644,
  }));
}
