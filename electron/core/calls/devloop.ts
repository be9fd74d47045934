// The calls about projects of the dev loop.
import { chooseFolder, completeFolder } from '../devloop/project/folders';
import { proposeProject, readFolder, saveProposal } from '../devloop/project/open';
import { copySample, listSamples } from '../devloop/project/samples';
import type { Wiring } from './wiring';

export function devloopCalls({ api: { devloop: api }, explained, lasting, parts }: Wiring) {
  const { clusters, options } = parts;

  return api.router({
    projects: api.projects.handler(({ signal }) => explained(parts.projects.watch(lasting(signal)))),
    read: api.read.handler(({ input }) => readFolder(clusters, input)),
    propose: api.propose.handler(({ input, signal }) => proposeProject(input.dir, lasting(signal))),
    save: api.save.handler(({ input }) => saveProposal(input.dir, input.yaml)),
    folders: api.folders.handler(({ input }) => completeFolder(input.path, options.homeDirectory)),
    chooseFolder: api.chooseFolder.handler(() => chooseFolder(options)),
    samples: api.samples.handler(() => listSamples(options.resources)),
    startSample: api.startSample.handler(({ input }) => copySample(options, input)),
    remember: api.remember.handler(({ input }) => parts.projects.remember(input)),
    forget: api.forget.handler(({ input }) => parts.projects.forget(input.dir)),
  });
}
