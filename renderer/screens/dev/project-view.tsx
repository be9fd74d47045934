// What a project builds, deploys and forwards, its profiles, and what of it is not as in skaffold.
import { Chip, Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Artifact } from '../../../shared/model/devloop/artifact';
import type { Deployment } from '../../../shared/model/devloop/deployment';
import type { Module, Profile, Project } from '../../../shared/model/devloop/project';
import classes from './dev.module.css';
import { Problems, UnsupportedList } from './findings';
import { shortPath } from './short-path';

interface ProjectViewProps {
  project: Project;
  onProfiles: (profiles: string[]) => void;
}

export function ProjectView({ project, onProfiles }: ProjectViewProps) {
  const { t } = useTranslation();
  const { dir, modules, profiles, problems, unsupported } = project;
  return (
    <>
      {profiles.length > 0 && <Profiles profiles={profiles} onProfiles={onProfiles} />}
      {problems.length > 0 && <Problems dir={dir} problems={problems} />}
      {modules.map((module) => (
        <section key={`${module.file}:${module.name}`} className={classes.card}>
          {modules.length > 1 && (
            <Title order={2} className={classes.heading}>
              {t('dev.module', { name: module.name })}
            </Title>
          )}
          <ModuleView module={module} dir={dir} />
        </section>
      ))}
      <UnsupportedList dir={dir} unsupported={unsupported} />
    </>
  );
}

/** One that is on by itself is switched off by `-name`, and on again by its name. */
function Profiles({ profiles, onProfiles }: { profiles: readonly Profile[]; onProfiles: (names: string[]) => void }) {
  const { t } = useTranslation();
  const toggle = (changed: Profile) =>
    onProfiles(
      profiles.flatMap((profile) => {
        const active = profile === changed ? !profile.active : profile.active;
        if (active) return [profile.name];
        return profile === changed || (profile.by && profile.by !== 'name') ? [`-${profile.name}`] : [];
      }),
    );
  return (
    <Group gap="xs" role="group" aria-label={t('dev.profiles')}>
      <Text className={classes.quiet}>{t('dev.profiles')}</Text>
      {profiles.map((profile) => {
        const { name, active, by } = profile;
        const words = active && by && by !== 'name' ? t('dev.activated', { name, by }) : name;
        return (
          <Chip key={name} size="xs" checked={active} onChange={() => toggle(profile)}>
            {words}
          </Chip>
        );
      })}
    </Group>
  );
}

function ModuleView({ module: { artifacts, deployment, portForwards }, dir }: { module: Module; dir: string }) {
  const { t } = useTranslation();
  const deployed = useDeployed(deployment, dir);
  return (
    <>
      <h3 className={classes.part}>{t('dev.builds')}</h3>
      {artifacts.length === 0 ? (
        <Text className={classes.quiet}>{t('dev.nothingBuilt')}</Text>
      ) : (
        <div className={classes.tableBox}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('dev.image')}</Table.Th>
                <Table.Th>{t('dev.from')}</Table.Th>
                <Table.Th>{t('dev.synced')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {artifacts.map((artifact) => (
                <ArtifactRow key={artifact.image} artifact={artifact} dir={dir} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <h3 className={classes.part}>{t('dev.deploys')}</h3>
      <ul className={classes.lines}>
        {deployed.map((line) => (
          <li key={line} className="mono">
            {line}
          </li>
        ))}
      </ul>
      {portForwards.length > 0 && (
        <>
          <h3 className={classes.part}>{t('dev.ports')}</h3>
          <ul className={classes.lines}>
            {portForwards.map(({ address, localPort, resourceType, resourceName, port }) => (
              <li key={`${resourceType}/${resourceName}:${port}`} className="mono">
                {`${address}:${localPort ?? '*'} → ${resourceType}/${resourceName}:${port}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function ArtifactRow({ artifact: { image, builder, context, sync }, dir }: { artifact: Artifact; dir: string }) {
  const { t } = useTranslation();
  const file = builder.kind === 'docker' ? shortPath(dir, builder.dockerfile) : '';
  const from =
    builder.kind === 'custom'
      ? t('dev.custom', { command: builder.buildCommand ?? '-', dir: shortPath(dir, context) })
      : builder.target
        ? t('dev.target', { file, target: builder.target })
        : file;
  const files = sync?.kind === 'manual' ? sync.rules.map(({ src }) => src) : (sync?.patterns ?? []);
  return (
    <Table.Tr>
      <Table.Td className="mono">{image}</Table.Td>
      <Table.Td className="mono">{from}</Table.Td>
      <Table.Td className="mono">{files.join(' ')}</Table.Td>
    </Table.Tr>
  );
}

function useDeployed({ rawYaml, kustomize, charts, releases }: Deployment, dir: string): string[] {
  const { t } = useTranslation();
  return [
    ...rawYaml.map(({ pattern }) => shortPath(dir, pattern)),
    ...kustomize.map((one) => shortPath(dir, one.dir)),
    ...[...charts, ...releases].map(({ name, chart }) => {
      return t('dev.chart', { name, chart: chart.kind === 'path' ? shortPath(dir, chart.path) : chart.name });
    }),
  ];
}
