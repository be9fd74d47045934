// What the engine says about its disk, in both shapes, and who takes it.
import { expect, it } from 'vitest';
import type { Cluster } from '../../../shared/model/cluster';
import { parseSystemDf } from './system-df';
import { diskOf } from './usage';

const images = [
  { Id: 'node', RepoTags: ['kindest/node:v1.34.0'], Size: 900, SharedSize: 0, Containers: 1 },
  { Id: 'old', RepoTags: ['kindest/node:v1.30.0'], Size: 800, SharedSize: 100, Containers: 0 },
  { Id: 'mine', RepoTags: ['web:dev'], Size: 70, SharedSize: 0, Containers: 0 },
  { Id: 'none', RepoTags: ['<none>:<none>'], Size: 60, SharedSize: -1, Containers: 0 },
];
const containers = [
  {
    Id: 'c1',
    Names: ['/shop-control-plane'],
    ImageID: 'node',
    SizeRw: 10,
    Labels: { 'io.x-k8s.kind.cluster': 'shop' },
    Mounts: [{ Type: 'volume', Name: 'var', Destination: '/var' }, { Type: 'bind' }],
  },
  { Id: 'c2', Names: ['/shop-entrance'], ImageID: 'node', Labels: { 'dev.boathouse.cluster': 'shop' }, Mounts: null },
  {
    Id: 'c3',
    Names: ['/boathouse-cache-docker-io'],
    ImageID: 'r',
    Labels: { 'dev.boathouse.role': 'cache', 'dev.boathouse.cache-upstream': 'docker.io' },
    Mounts: [{ Type: 'volume', Name: 'cache', Destination: '/var/lib/registry' }],
  },
  { Id: 'c4', Names: ['/somebody'], ImageID: 'x', SizeRw: 1, Labels: null },
];
const volumes = [
  { Name: 'var', Labels: null, UsageData: { Size: 500, RefCount: 1 } },
  { Name: 'cache', Labels: { 'dev.boathouse.role': 'cache' }, UsageData: { Size: 3000, RefCount: 1 } },
  { Name: 'gone', Labels: { 'dev.boathouse.cluster': 'gone' }, UsageData: { Size: 40, RefCount: 0 } },
  {
    Name: 'boathouse-registry',
    Labels: { 'dev.boathouse.role': 'registry', 'dev.boathouse.cluster': 'x' },
    UsageData: { Size: 5, RefCount: 0 },
  },
  { Name: 'theirs', Labels: null, UsageData: { Size: 7, RefCount: 0 } },
];
const builds = [
  { Size: 20, InUse: false },
  { Size: 30, InUse: true },
];

const old = { LayersSize: 1700, Images: images, Containers: containers, Volumes: volumes, BuildCache: builds };
const recent = {
  ImageUsage: { TotalSize: 1700, Items: images },
  ContainerUsage: { Items: containers },
  VolumeUsage: { Items: volumes },
  BuildCacheUsage: { Items: builds },
};
const shop = { name: 'shop', nodes: [{ containerId: 'c1' }] } as unknown as Cluster;

it('reads both shapes of the answer', () => {
  expect(parseSystemDf(recent)).toEqual(parseSystemDf(old));
  // 1.52 sends both.
  expect(parseSystemDf({ ...old, ...recent })).toEqual(parseSystemDf(old));
  expect(parseSystemDf({ LayersSize: 0, Images: null, Containers: null, Volumes: null, BuildCache: null })).toEqual({
    layers: 0,
    images: [],
    containers: [],
    volumes: [],
    buildCache: [],
  });
});

it('tells what each cluster, registry and cache takes, and what is nobody’s', () => {
  const disk = diskOf(parseSystemDf(old), [shop]);
  expect(disk.owners).toEqual([
    {
      kind: 'cache',
      name: 'docker.io',
      bytes: 3000,
      parts: [
        { name: 'boathouse-cache-docker-io', path: '/var/lib/registry', bytes: 3000 },
        { name: 'boathouse-cache-docker-io', bytes: 0 },
      ],
    },
    {
      kind: 'cluster',
      name: 'shop',
      bytes: 510,
      parts: [
        { name: 'shop-control-plane', path: '/var', bytes: 500 },
        { name: 'shop-control-plane', bytes: 10 },
        { name: 'shop-entrance', bytes: 0 },
      ],
    },
  ]);
  expect(disk).toMatchObject({
    images: 1700,
    buildCache: 50,
    otherVolumes: [
      { name: 'gone', bytes: 40 },
      { name: 'theirs', bytes: 7 },
      { name: 'boathouse-registry', bytes: 5 },
    ],
  });
});

it('would take away only what nobody uses, and never what was pushed to the registry or has a name', () => {
  const { cleanups } = diskOf(parseSystemDf(old), [shop]);
  expect(cleanups).toEqual([
    { id: 'build-cache', bytes: 20, parts: [{ name: '1', bytes: 20 }] },
    { id: 'untagged-images', bytes: 60, parts: [{ name: 'none', bytes: 60 }] },
    { id: 'left-volumes', bytes: 40, parts: [{ name: 'gone', bytes: 40 }] },
    { id: 'unused-node-images', bytes: 700, parts: [{ name: 'kindest/node:v1.30.0', bytes: 700 }] },
    { id: 'caches', bytes: 3000, parts: [{ name: 'docker.io', bytes: 3000 }] },
  ]);
});
