// Where the pieces of a cluster's picture are: ports of this computer to the left, the cluster's network, registries to the right. Pure.

export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface MapSize {
  /** Pixels that there are. */
  width: number;
  doors: number;
  entrance: boolean;
  planes: number;
  workers: number;
  sources: number;
  /** Cards of nodes have a row for their pods. */
  pods: boolean;
}

export interface MapLayout {
  width: number;
  height: number;
  doors: Place[];
  network: Place;
  entrance?: Place;
  planes: { frame: Place; nodes: Place[] };
  workers?: { frame: Place; nodes: Place[] };
  sources: Place[];
  /** SVG paths. */
  wires: string[];
}

/** Pixels. A picture that is narrower scrolls. */
export const smallest = 700;
const side = { width: 176, height: 58, gap: 10 };
const card = { least: 148, most: 240, height: 78, pods: 20, gap: 10 };
const frame = { pad: 10, caption: 24, gap: 22 };
const network = { pad: 16, caption: 28 };
const entrance = { width: 124, gap: 28 };
/** Between what is outside and the cluster's network. */
const channel = 44;

export function mapLayout(size: MapSize): MapLayout {
  const width = Math.max(smallest, Math.floor(size.width));
  const left = side.width + channel;
  const right = size.sources > 0 ? side.width + channel : 0;
  const inner = left + network.pad + (size.entrance ? entrance.width + entrance.gap : 0);
  const room = width - right - network.pad - inner;
  const top = network.caption + network.pad / 2;
  const tall = card.height + (size.pods ? card.pods : 0);
  const planes = group({ x: inner, y: top }, room, size.planes, tall);
  const workers =
    size.workers > 0 ? group({ x: inner, y: bottom(planes.frame) + frame.gap }, room, size.workers, tall) : undefined;
  const last = bottom((workers ?? planes).frame);
  const heightOf = (count: number) => count * (side.height + side.gap) - side.gap;
  const height = Math.max(last + network.pad, heightOf(size.doors), heightOf(size.sources));
  const box: Place = { x: left, y: 0, width: width - right - left, height };
  const gate = size.entrance
    ? { x: left + network.pad, y: middle(planes.frame) - card.height / 2, width: entrance.width, height: card.height }
    : undefined;
  const doors = column(0, size.doors, gate ?? planes.frame, height);
  const sources = column(width - side.width, size.sources, planes.frame, height);
  const target = workers?.frame ?? planes.frame;
  const wires = [
    ...doors.map((door, index) => (index === 0 ? wire(door, gate ?? planes.frame) : wire(door, target))),
    ...(gate ? [wire(gate, planes.frame)] : []),
    ...(workers ? [drop(planes.frame, workers.frame)] : []),
    ...sources.map((source) => wire(box, source, middle(source))),
  ];
  return {
    width,
    height,
    doors,
    network: box,
    ...(gate && { entrance: gate }),
    planes,
    ...(workers && { workers }),
    sources,
    wires,
  };
}

/** Cards of one width in as many rows as it takes, and what is around them. */
function group({ x, y }: Pick<Place, 'x' | 'y'>, room: number, count: number, tall: number) {
  const space = room - 2 * frame.pad;
  const columns = Math.max(1, Math.min(count, Math.floor((space + card.gap) / (card.least + card.gap))));
  const width = Math.min(card.most, Math.floor((space - (columns - 1) * card.gap) / columns));
  // Also where there are none by now: the entrance stands beside it.
  const rows = Math.max(1, Math.ceil(count / columns));
  const nodes = Array.from({ length: count }, (_, index) => ({
    x: x + frame.pad + (index % columns) * (width + card.gap),
    y: y + frame.caption + Math.floor(index / columns) * (tall + card.gap),
    width,
    height: tall,
  }));
  const height = frame.caption + rows * (tall + card.gap) - card.gap + frame.pad;
  return { frame: { x, y, width: room, height }, nodes };
}

/** One under the other, the first beside `beside`, as far as the height allows. */
function column(x: number, count: number, beside: Place, height: number): Place[] {
  const needed = count * (side.height + side.gap) - side.gap;
  const start = Math.max(0, Math.min(middle(beside) - side.height / 2, height - needed));
  return Array.from({ length: count }, (_, index) => ({
    x,
    y: start + index * (side.height + side.gap),
    width: side.width,
    height: side.height,
  }));
}

const bottom = ({ y, height }: Place) => y + height;
const middle = ({ y, height }: Place) => y + height / 2;

/** From the right edge of one to the left edge of the other, straight where they are level. */
function wire(from: Place, to: Place, start = middle(from)): string {
  const [x, end] = [from.x + from.width, to.x];
  const level = Math.min(Math.max(start, to.y + 12), bottom(to) - 12);
  const half = x + Math.min(channel, end - x) / 2;
  return `M${x} ${start}C${half} ${start} ${half} ${level} ${x + Math.min(channel, end - x)} ${level}H${end}`;
}

function drop(from: Place, to: Place): string {
  return `M${from.x + from.width / 2} ${bottom(from)}V${to.y}`;
}
