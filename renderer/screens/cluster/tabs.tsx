// What is in the tabs of a cluster's page; `clusterTabs` in app/route.ts gives their order and addresses.
import type { ReactNode } from 'react';
import type { ClusterTab } from '../../app/route';
import { History } from './history/history';
import { ImagesTab } from './images/images-tab';
import { InsideTab } from './inside/inside-tab';
import { NodesTab } from './nodes/nodes-tab';
import { Overview } from './overview/overview';
import { PortsTab } from './ports/ports-tab';
import type { TabProps } from './tab';
import { TemplateTab } from './template/template-tab';

interface Tab {
  panel(props: TabProps): ReactNode;
  /** Shows the cluster itself, and so nothing once it is gone. */
  needsCluster: boolean;
}

export const tabs: Readonly<Record<ClusterTab, Tab>> = {
  overview: { needsCluster: false, panel: (props) => <Overview {...props} /> },
  inside: { needsCluster: true, panel: ({ cluster }) => cluster && <InsideTab cluster={cluster} /> },
  nodes: { needsCluster: true, panel: ({ cluster }) => cluster && <NodesTab cluster={cluster} /> },
  images: { needsCluster: true, panel: ({ cluster }) => cluster && <ImagesTab cluster={cluster} /> },
  ports: { needsCluster: true, panel: ({ cluster }) => cluster && <PortsTab cluster={cluster} /> },
  template: { needsCluster: true, panel: ({ cluster }) => cluster && <TemplateTab cluster={cluster} /> },
  history: { needsCluster: false, panel: ({ name, operations }) => <History name={name} operations={operations} /> },
};
