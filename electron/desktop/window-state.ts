// Where the window was, and whether that is still a place to be.

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WindowState {
  /** Absent before the first window. */
  bounds?: Bounds;
  maximized: boolean;
}

export const smallest = { width: 720, height: 480 };
const usual = { width: 1280, height: 800 };

/** How much of the title bar must be reachable, in pixels. */
const reachable = 64;

/**
 * Size, and place where there is one, for a new window: as it was, when the screens of today still show enough of it.
 * @param screens the work areas of all displays
 */
export function placeWindow(state: WindowState, screens: readonly Bounds[]): Partial<Bounds> & typeof usual {
  const { bounds } = state;
  if (!bounds) return usual;
  const width = Math.max(smallest.width, bounds.width);
  const height = Math.max(smallest.height, bounds.height);
  const visible = screens.some(
    (screen) =>
      bounds.x + width - reachable >= screen.x &&
      bounds.x + reachable <= screen.x + screen.width &&
      bounds.y >= screen.y &&
      bounds.y + reachable <= screen.y + screen.height,
  );
  return visible ? { x: bounds.x, y: bounds.y, width, height } : { width, height };
}
