// The few words that the desktop says outside its window, in the two languages of the app.
import type { ClusterState } from '../../shared/model/cluster';
import type { Settings } from '../../shared/model/settings';

export interface DesktopWords {
  open: string;
  quit: string;
  noClusters: string;
  noEngine: string;
  start: string;
  stop: string;
  use: string;
  inUse: string;
  context(name: string): string;
  noContext: string;
  moreContexts: string;
  loopBroke(name: string): string;
  loopHealed(name: string): string;
  servedAgain: string;
  states: Record<ClusterState, string>;
  quitWhile(subjects: string): string;
  quitConsequence: string;
  quitAnyway: string;
  stay: string;
}

const english: DesktopWords = {
  open: 'Open Boathouse',
  quit: 'Quit (clusters go on)',
  noClusters: 'No clusters yet',
  noEngine: 'No Docker Engine answers',
  start: 'Start',
  stop: 'Stop',
  use: 'Use with kubectl',
  inUse: 'In use with kubectl',
  context: (name) => `kubectl context: ${name}`,
  noContext: 'none',
  moreContexts: 'More…',
  loopBroke: (name) => `${name}: the dev loop broke`,
  loopHealed: (name) => `${name}: the dev loop is well again`,
  servedAgain: 'What was saved last is running.',
  states: {
    creating: 'being created',
    running: 'running',
    degraded: 'degraded',
    paused: 'paused',
    stopped: 'stopped',
    deleting: 'being deleted',
    incomplete: 'incomplete',
  },
  quitWhile: (subjects) => `Boathouse is still working on ${subjects}.`,
  quitConsequence: 'Quitting cancels this work and undoes what can be undone. Other clusters go on.',
  quitAnyway: 'Cancel the work and quit',
  stay: 'Stay',
};

const chinese: DesktopWords = {
  open: '打开 Boathouse',
  quit: '退出（集群继续运行）',
  noClusters: '还没有集群',
  noEngine: '无法连接 Docker 引擎',
  start: '启动',
  stop: '停止',
  use: '设为 kubectl 当前集群',
  inUse: 'kubectl 当前集群',
  context: (name) => `kubectl 上下文：${name}`,
  noContext: '无',
  moreContexts: '更多…',
  loopBroke: (name) => `${name}：开发循环出错`,
  loopHealed: (name) => `${name}：开发循环已恢复`,
  servedAgain: '最近保存的内容正在运行。',
  states: {
    creating: '创建中',
    running: '运行中',
    degraded: '部分可用',
    paused: '已暂停',
    stopped: '已停止',
    deleting: '删除中',
    incomplete: '不完整',
  },
  quitWhile: (subjects) => `Boathouse 仍在处理 ${subjects}。`,
  quitConsequence: '退出会取消正在进行的操作，并尽可能撤销已完成的部分。其他集群不受影响。',
  quitAnyway: '取消操作并退出',
  stay: '留下',
};

/** @param locale the system's, as BCP 47; decides when the setting says `system` */
export function desktopWords(setting: Settings['language'], locale: string): DesktopWords {
  const language = setting === 'system' ? locale : setting;
  return language.toLowerCase().startsWith('zh') ? chinese : english;
}
