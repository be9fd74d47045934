// The template's images: pulled where the engine lacks them, and loaded onto every node while the control plane comes up.
import { pullImage } from '../../engine/pull';
import { loadImage } from '../../images/load';
import type { StepContext } from '../../operations/operation';
import type { Building } from './building';

/** Pulls images one after another: the network is what takes the time. Throws `image-pull-failed`. */
export async function pullImages(
  { engine }: Pick<Building, 'engine'>,
  images: readonly string[],
  { signal, progress }: StepContext,
): Promise<void> {
  for (const [index, image] of images.entries()) {
    await pullImage(engine, image, {
      signal,
      onProgress: ({ fraction = 0, note }) =>
        progress((index + fraction) / images.length, images.length > 1 ? `${image}: ${note}` : note),
    });
  }
}

/** A cluster that is being built, as far as its images are concerned. */
interface Loading extends Pick<Building, 'engine'> {
  readonly request: Pick<Building['request'], 'template'> & { readonly nodes: readonly { readonly name: string }[] };
}

/** Loads images one after another, each onto all nodes at once. Throws `exec-failed`. */
export async function loadTemplateImages(
  { engine, request }: Loading,
  { signal, progress }: StepContext,
): Promise<void> {
  const { images } = request.template.spec;
  const nodes = request.nodes.map(({ name }) => name);
  for (const [index, image] of images.entries()) {
    progress(index / images.length, image);
    await loadImage(engine, image, nodes, signal);
  }
}
