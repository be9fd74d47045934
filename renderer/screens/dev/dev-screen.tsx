// The dev loop: the list of projects, or one of them.
import { ProjectList } from './project-list';
import { ProjectScreen } from './project-screen';

export function DevScreen({ dir }: { dir: string | undefined }) {
  return dir === undefined ? <ProjectList /> : <ProjectScreen dir={dir} />;
}
