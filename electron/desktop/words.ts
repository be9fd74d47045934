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
  done(subject: string): string;
  failed(subject: string): string;
  menu: {
    file: string;
    newCluster: string;
    settings: string;
    go: string;
    back: string;
    forward: string;
    help: string;
    trouble: string;
    screens: Record<'clusters' | 'templates' | 'images' | 'dev' | 'kubeconfig' | 'doctor', string>;
  };
  update: { ready(version: string): string; whatFor: string; restart: string; later: string };
  broken: { title: string; detail: string; restart: string; quit: string };
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
  done: (subject) => `${subject} is done`,
  failed: (subject) => `${subject} failed`,
  menu: {
    file: 'File',
    newCluster: 'New cluster',
    settings: 'Settings',
    go: 'Go',
    back: 'Back',
    forward: 'Forward',
    help: 'Boathouse help',
    trouble: 'When something does not work',
    screens: {
      clusters: 'Clusters',
      templates: 'Templates',
      images: 'Images',
      dev: 'Dev loop',
      kubeconfig: 'Kubeconfig',
      doctor: 'Doctor',
    },
  },
  update: {
    ready: (version) => `Boathouse ${version} is ready`,
    whatFor: 'It is installed at the next start. Clusters go on meanwhile.',
    restart: 'Restart now',
    later: 'Later',
  },
  broken: {
    title: 'Boathouse made a mistake and has to start again',
    detail: 'Clusters go on. What was being worked on is in the doctor, which offers to clear it up.',
    restart: 'Start again',
    quit: 'Quit',
  },
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
  done: (subject) => `${subject}：已完成`,
  failed: (subject) => `${subject}：失败`,
  menu: {
    file: '文件',
    newCluster: '新建集群',
    settings: '设置',
    go: '前往',
    back: '后退',
    forward: '前进',
    help: 'Boathouse 帮助',
    trouble: '出问题时',
    screens: {
      clusters: '集群',
      templates: '模板',
      images: '镜像',
      dev: '开发循环',
      kubeconfig: 'Kubeconfig',
      doctor: '体检',
    },
  },
  update: {
    ready: (version) => `Boathouse ${version} 已准备好`,
    whatFor: '下次启动时安装，集群不受影响。',
    restart: '立即重启',
    later: '以后再说',
  },
  broken: {
    title: 'Boathouse 出了错，需要重新启动',
    detail: '集群不受影响。未完成的操作会出现在体检里，可以在那里清理。',
    restart: '重新启动',
    quit: '退出',
  },
};

/** @param locale the system's, as BCP 47; decides when the setting says `system` */
export function desktopWords(setting: Settings['language'], locale: string): DesktopWords {
  const language = setting === 'system' ? locale : setting;
  return language.toLowerCase().startsWith('zh') ? chinese : english;
}
