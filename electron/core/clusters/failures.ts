// What goes wrong with clusters, in the user's words, with the next step.
import { AppError } from '../../../shared/model/errors';

export function notANodeImage(image: string): AppError {
  return new AppError('node-boot-failed', `${image} is not a Kubernetes node image: it has no /kind/version`, {
    params: { image },
    hints: [{ text: 'Use an image made for kind, such as kindest/node, or leave the image out.' }],
  });
}

export function noSuchCluster(name: string): AppError {
  return new AppError('not-found', `There is no cluster named ${name}`, {
    params: { what: name },
    hints: [{ text: 'See what there is with: boathouse list' }],
  });
}

/** Nobody ever set it up, or it does not run. */
export function noApi(name: string): AppError {
  return new AppError('not-ready', `The cluster ${name} has no API that could be reached`, {
    params: { what: name, seconds: 0 },
    hints: [{ text: `Start it with: boathouse start ${name}`, action: { call: 'clusters.start', input: { name } } }],
  });
}

export function nameTaken(name: string, what = `a cluster named ${name}`): AppError {
  return new AppError('name-taken', `There already is ${what}`, {
    params: { name },
    hints: [
      { text: 'Choose another name.' },
      { text: `Delete it with: boathouse delete ${name}`, action: { call: 'clusters.delete', input: { name } } },
    ],
  });
}
