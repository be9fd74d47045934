// Templates for the stand-in, and what it makes of their texts: in small what the core does, without its advice.
import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { templateSchema } from '../../shared/model/template';
import type { TemplateEntry } from '../../shared/model/template/entry';
import type { TemplateProblem } from '../../shared/model/template/problem';
import type { UsableTemplate } from '../stores/app-context';

const own = '/home/ana/.config/boathouse/templates';

/** The entry of a text; without a template where it has mistakes. */
export function entryOf(yaml: string, origin: TemplateEntry['origin'] = 'built-in'): TemplateEntry {
  const { template, problems } = readText(yaml);
  const id = template?.metadata.id ?? 'broken.yaml';
  return {
    id,
    origin,
    ...(origin === 'file' && { file: `${own}/${id.replace(/\.yaml$/, '')}.yaml` }),
    yaml,
    ...(template && { template }),
    problems,
    unsupported: [],
  };
}

export function readText(yaml: string): Pick<TemplateEntry, 'template' | 'problems'> {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const at = (from: number, to: number, message: string, path: TemplateProblem['path']): TemplateProblem => {
    const { line, col } = lines.linePos(from);
    return { severity: 'error', message, path, line, column: col, from, to };
  };
  const [broken] = document.errors;
  if (broken) return { problems: [at(broken.pos[0], broken.pos[1], broken.message, [])] };
  const defaults = new Map<unknown, unknown>(
    (document.toJS()?.spec?.parameters ?? []).map((each: { name: string; default?: unknown }) => [
      each.name,
      each.default,
    ]),
  );
  visit(document, {
    Pair: (_key, { key }) => (isScalar(key) && key.value === 'parameters' ? visit.SKIP : undefined),
    Scalar(_key, node) {
      const name = /^\$\{parameters\.(\w+)\}$/.exec(String(node.value))?.[1];
      if (name && defaults.has(name)) node.value = defaults.get(name) ?? 'example';
    },
  });
  const checked = templateSchema.safeParse(document.toJS());
  if (checked.success) return { template: checked.data, problems: [] };
  const problems = checked.error.issues.map(({ path, message }) => {
    const steps = path.map((step) => (typeof step === 'number' ? step : String(step)));
    const length = steps.findLastIndex((_step, index) => document.hasIn(steps.slice(0, index + 1))) + 1;
    const node = document.getIn(steps.slice(0, length), true);
    const [from = 0, to = 0] = (isNode(node) ? node.range : undefined) ?? [];
    return at(from, isMap(node) ? from : to, `${steps.join('.')}: ${message}`, steps);
  });
  return { problems };
}

function usable(yaml: string): UsableTemplate {
  const { template, ...entry } = entryOf(yaml);
  if (!template) throw new Error(`a sample is no template: ${entry.problems[0]?.message}`);
  return { ...entry, template };
}

const head = 'apiVersion: boathouse.dev/v1\nkind: ClusterTemplate\n';

/** The template of three nodes, which the cluster with two workers keeps too. */
export const sampleKept = `${head}metadata:
  id: three-node
  title:
    en: Three nodes
    zh-CN: 三节点
  description:
    en: A control plane and two workers, to see how workloads spread, move and survive.
    zh-CN: 一个控制平面加两个工作节点，看工作负载如何分布、迁移和自愈。
spec:
  nodes:
    - role: control-plane
    - role: worker
      count: 2
`;

export const sampleTemplates: UsableTemplate[] = [
  usable(`${head}metadata:
  id: single
  title:
    en: Single node
    zh-CN: 单节点
  description:
    en: 'The smallest real cluster: quick to make, light to keep. For trying things out.'
    zh-CN: 最小的真实集群：建得快，占用少，适合试验。
spec:
  nodes:
    - role: control-plane
`),
  usable(sampleKept),
  usable(`${head}metadata:
  id: quickstart
  title:
    en: Quick start
    zh-CN: 快速上手
  description:
    en: Three nodes with a small web page already running. For the first ten minutes with Kubernetes.
    zh-CN: 三个节点，外加一个已经跑起来的小网页，适合初识 Kubernetes 的十分钟。
spec:
  nodes:
    - role: control-plane
    - role: worker
      count: 2
  sample:
    manifest: hello.yaml
    image: boathouse/hello:1
`),
];

/** With a parameter of each type, and documentation. */
export const sampleClass: UsableTemplate = usable(`# For the class.
${head}metadata:
  id: class
  title:
    en: Class
    zh-CN: 课堂
  description:
    en: The same cluster for everyone in the room.
    zh-CN: 让在座每个人都有一样的集群。
  documentation:
    en: |
      Open <http://localhost:8080> when it is **ready**.

      - a point <script>alert(1)</script>

      [elsewhere](javascript:alert(1)) ![picture](https://example.com/track.png)
    zh-CN: |
      **就绪**后打开 <http://localhost:8080>。
spec:
  parameters:
    - name: workers
      type: integer
      title: { en: Workers, zh-CN: 工作节点数 }
      description: { en: Two are enough., zh-CN: 两个就够了。 }
      minimum: 1
      maximum: 5
      default: 2 # enough for most
    - name: memory
      type: string
      title: { en: Memory of a worker, zh-CN: 每个工作节点的内存 }
      allowed: [512Mi, 1Gi]
      default: 1Gi
    - name: registry
      type: boolean
      title: { en: Local registry, zh-CN: 本地镜像仓库 }
      default: false
    - name: team
      type: string
      title: { en: Team, zh-CN: 团队 }
  nodes:
    - role: control-plane
    - role: worker
      count: \${parameters.workers}
      labels:
        team: \${parameters.team}
      resources:
        memory: \${parameters.memory}
  ports:
    - hostPort: 8080
      to: { service: hello, port: 80 }
  registry:
    enabled: \${parameters.registry}
`);

/** A file of the user's with a mistake in it. */
export const sampleBroken = entryOf(
  `${head}metadata:\n  id: mine\n  title: Mine\n  description: Mine\nspec:\n  nodes:\n    - role: control-plain\n`,
  'file',
);
