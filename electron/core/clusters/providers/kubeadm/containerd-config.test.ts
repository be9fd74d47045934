// Patches of containerd's configuration, on the shapes that node images have.
import { expect, test } from 'vitest';
import { patchedContainerdConfig } from './containerd-config';

const config = `# a comment
version = 2
imports = ["/etc/containerd/conf.d/*.toml"]

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "registry.k8s.io/pause:3.10"
  restrict_oom_score_adj = false
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
`;

test('nothing changes without a patch', () => {
  expect(patchedContainerdConfig(config, { containerd: [], containerdJson6902: [] })).toBeUndefined();
});

test('merge patches come before JSON patches, and what they do not name stays', () => {
  const patched = patchedContainerdConfig(config, {
    containerd: ['[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/containerd/certs.d"\n'],
    containerdJson6902: [
      '[{"op": "add", "path": "/plugins/io.containerd.grpc.v1.cri/registry/more", "value": {"a": true}}]',
      '- {op: replace, path: /version, value: 2}',
    ],
  });
  expect(patched).toContain('config_path = "/etc/containerd/certs.d"');
  expect(patched).toMatch(/registry\.more\][\s]*a = true/);
  expect(patched).toContain('version = 2\n');
  expect(patched).toContain('imports = [ "/etc/containerd/conf.d/*.toml" ]');
  // kindest/node's entrypoint changes these two lines by their text.
  expect(patched).toContain('snapshotter = "overlayfs"');
  expect(patched).toContain('restrict_oom_score_adj = false');
});

test('a patch for another version of the configuration is left out', () => {
  const containerd = ['version = 3\n[debug]\nlevel = "debug"\n', 'version = 2\n[debug]\naddress = "a"\n'];
  const patched = patchedContainerdConfig(config, { containerd, containerdJson6902: [] });
  expect(patched).toContain('address = "a"');
  expect(patched).not.toContain('level = "debug"');
});

test('a patch that does not apply is refused by its name', () => {
  const containerdJson6902 = ['[{op: remove, path: /debug/level}]'];
  expect(() => patchedContainerdConfig(config, { containerd: [], containerdJson6902 })).toThrow(
    expect.objectContaining({
      code: 'template-invalid',
      message: expect.stringContaining('spec.patches.containerdJson6902[0] is not right: it does not apply: '),
    }),
  );
});
