// The picture of a cluster: ports of this computer, the entrance, control planes, workers with their pods, and where images come from. Live.
import { VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { podKey } from '../../../../shared/model/pod';
import { useUsage } from '../use-details';
import classes from './map.module.css';
import { DoorCard, NodeCard, SourceCard } from './map-cards';
import { type MapLayout, mapLayout, type Place } from './map-layout';
import { MapTable } from './map-table';
import { usePicture } from './picture';
import { usePods } from './use-pods';

/** Pixels, before it is known how many there are. */
const usualWidth = 1000;

export function ClusterMap({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const usage = useUsage(cluster);
  const picture = usePicture(cluster);
  const pods = usePods(cluster);
  const podsOn = ({ name }: ClusterNode) => pods && (pods.byNode.get(name) ?? []);
  const { doors, planes, workers, sources } = picture;
  const layout = mapLayout({
    width: width || usualWidth,
    doors: doors.length,
    entrance: cluster.entrance !== undefined,
    planes: planes.length,
    workers: workers.length,
    sources: sources.length,
    pods: pods !== undefined,
  });
  const { name, entrance } = cluster;
  return (
    <section aria-labelledby="map">
      <VisuallyHidden>
        <h2 id="map">{t('map.title', { name })}</h2>
      </VisuallyHidden>
      <div ref={ref} className={classes.scroll}>
        {/* biome-ignore lint/a11y/useSemanticElements: a picture whose parts are links */}
        <svg
          className={classes.map}
          width={layout.width}
          height={layout.height}
          viewBox={`0 0 ${layout.width} ${layout.height}`}
          role="group"
          aria-label={t('map.title', { name })}
        >
          <Ground layout={layout} cluster={cluster} />
          {doors.map((door, index) => (
            <Piece key={door.key} at={layout.doors[index]}>
              <DoorCard cluster={name} door={door} />
            </Piece>
          ))}
          {entrance && (
            <Piece at={layout.entrance}>
              <NodeCard cluster={name} node={entrance} title={t('map.entrance')} usage={undefined} />
            </Piece>
          )}
          {planes.map((node, index) => (
            <Piece key={node.containerId} at={layout.planes.nodes[index]}>
              <NodeCard cluster={name} node={node} usage={usage[node.name]} pods={podsOn(node)} />
            </Piece>
          ))}
          {workers.map((node, index) => (
            <Piece key={node.containerId} at={layout.workers?.nodes[index]}>
              <NodeCard cluster={name} node={node} usage={usage[node.name]} pods={podsOn(node)} />
            </Piece>
          ))}
          {sources.map((source, index) => (
            <Piece key={source.key} at={layout.sources[index]}>
              <SourceCard source={source} />
            </Piece>
          ))}
        </svg>
      </div>
      {pods && pods.unplaced.length > 0 && (
        <p className={classes.unplaced}>
          <IconCircleX aria-hidden size={15} />
          {t('map.unplaced', { count: pods.unplaced.length, pods: pods.unplaced.slice(0, 3).map(podKey) })}
        </p>
      )}
      <MapTable cluster={cluster} picture={picture} podsOn={podsOn} />
    </section>
  );
}

/** What the pieces stand on: the network, the groups of nodes, and the ways between. */
function Ground({ layout, cluster: { network, nodes } }: { layout: MapLayout; cluster: Cluster }) {
  const { t } = useTranslation();
  const rests = nodes.every(({ state }) => state !== 'running');
  const { planes, workers } = layout;
  return (
    <>
      <rect
        {...layout.network}
        y={layout.network.y + 0.5}
        height={layout.network.height - 1}
        rx={10}
        className={classes.network}
      />
      <text x={layout.network.x + 16} y={21} className={classes.caption}>
        {network === undefined ? t('cluster.network') : t('map.network', { name: network })}
      </text>
      {layout.wires.map((wire) => (
        <path key={wire} d={wire} className={classes.wire} data-rests={rests || undefined} />
      ))}
      <Group frame={planes.frame} caption={t('map.planes')} />
      {workers && <Group frame={workers.frame} caption={t('map.workers')} />}
    </>
  );
}

function Group({ frame, caption }: { frame: Place; caption: string }) {
  return (
    <>
      <rect {...frame} rx={8} className={classes.group} />
      <text x={frame.x + 12} y={frame.y + 17} className={classes.caption}>
        {caption}
      </text>
    </>
  );
}

function Piece({ at, children }: { at: Place | undefined; children: ReactNode }) {
  return at && <foreignObject {...at}>{children}</foreignObject>;
}
