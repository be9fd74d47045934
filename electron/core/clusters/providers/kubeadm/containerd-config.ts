// The user's patches of containerd's configuration, applied as kind 0.33 applies them.
import { parse, stringify } from 'smol-toml';
import type { TemplateSpec } from '../../../../../shared/model/template/spec';
import { brokenPatch } from './kubeadm-patches';
import { merged, operated, type Tree } from './patching';

type ContainerdPatches = Pick<TemplateSpec['patches'], 'containerd' | 'containerdJson6902'>;

/**
 * The text of `/etc/containerd/config.toml` with the patches applied; undefined when there are none.
 * kind 0.33: a patch that names another version of the configuration than the image has is for other images and left out.
 * @throws AppError `template-invalid`, naming the patch, for one that cannot be read or does not apply
 */
export function patchedContainerdConfig(
  config: string,
  { containerd, containerdJson6902 }: ContainerdPatches,
): string | undefined {
  if (containerd.length + containerdJson6902.length === 0) return undefined;
  let content = tomlOf(config);
  const { version } = content;
  for (const [index, text] of containerd.entries()) {
    content = attempt(`patches.containerd[${index}]`, () => {
      const patch = tomlOf(text);
      return patch.version === undefined || patch.version === version ? (merged(content, patch) as Tree) : content;
    });
  }
  for (const [index, text] of containerdJson6902.entries()) {
    content = attempt(`patches.containerdJson6902[${index}]`, () => operated(content, text));
  }
  return stringify(content);
}

/** The content of a TOML text. Throws what is wrong with it. */
export function tomlOf(text: string): Tree {
  try {
    return parse(text) as Tree;
  } catch (error) {
    throw new Error(`it is not TOML: ${String((error as Error).message).split('\n')[0]}`);
  }
}

function attempt(at: string, act: () => Tree): Tree {
  try {
    return act();
  } catch (error) {
    throw brokenPatch(at, error);
  }
}
