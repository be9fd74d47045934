// An image somewhere outside the nodes, as a load needs to know it: what it consists of, and how to read the layers that are wanted.

export interface SourceLayer {
  /** Of the bytes that travel, compressed or not. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** Of what the layer is when unpacked. */
  readonly diffId: string;
}

export interface SourceImage {
  /** Full names it is to have in the nodes; none: it is known by its digest only. */
  readonly names: readonly string[];
  /** Digest of its configuration, which Kubernetes calls the image's id. */
  readonly id: string;
  readonly config: Buffer;
  readonly manifest: { readonly mediaType: string; readonly content: Buffer };
  readonly platform: { readonly os: string; readonly architecture: string };
  readonly layers: readonly SourceLayer[];
}

export interface ImageSource {
  readonly images: readonly SourceImage[];
  /**
   * The wanted layers in whatever order they can be read; each is to be read to its end before the next is asked for.
   * Throws when one is not what its digest says.
   */
  read(wanted: ReadonlySet<string>, signal: AbortSignal): AsyncGenerator<LayerStream, void, void>;
}

export interface LayerStream {
  readonly digest: string;
  readonly size: number;
  readonly content: AsyncIterable<Buffer>;
}
