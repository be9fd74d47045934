// What of an engine decides how node containers are made.

/** The part of the Docker API's `GET /info` that is read here. */
export interface EngineInfoAnswer {
  readonly SecurityOptions?: readonly string[] | null | undefined;
  readonly Driver?: string | undefined;
  readonly DriverStatus?: readonly (readonly string[])[] | null | undefined;
}

export interface EngineTraits {
  /** The daemon remaps users: privileged containers need the host's user namespace. */
  readonly userNamespaces: boolean;
  readonly rootless: boolean;
  /** Nodes see the host's device mapper, which their file systems need. */
  readonly needsDeviceMapper: boolean;
}

const mapperDrivers = ['btrfs', 'zfs', 'devicemapper'];
const mapperFilesystems = ['btrfs', 'xfs', 'zfs'];

/** kind 0.33: the same rules on the same fields. */
export function engineTraits(info: EngineInfoAnswer): EngineTraits {
  const security = (info.SecurityOptions ?? []).flatMap((option) => option.split(','));
  const rootless = security.includes('name=rootless');
  const backing = (info.DriverStatus ?? []).find(([key]) => key === 'Backing Filesystem')?.[1] ?? '';
  return {
    userNamespaces: security.includes('name=userns'),
    rootless,
    needsDeviceMapper: !rootless && (mapperDrivers.includes(info.Driver ?? '') || mapperFilesystems.includes(backing)),
  };
}
