// What nodes that come later are given: the accounts and certificates that the first control plane has.
import type { ContainerFile } from '../engine/archive';
import type { Engine } from '../engine/engine';
import { certificateFiles, readTrusted } from './certificates';
import { kubeletFile, kubeletText } from './kubelet';

/** For a container that has not started yet. @param lead a node that runs */
export async function accessFiles(engine: Engine, lead: string, signal: AbortSignal): Promise<ContainerFile[]> {
  const [content, certificates] = await Promise.all([
    kubeletText(engine, lead, signal),
    readTrusted(engine, lead, signal),
  ]);
  const accounts = content === '' ? [] : [{ path: kubeletFile, content, mode: 0o600 }];
  return [...certificateFiles(certificates), ...accounts];
}
