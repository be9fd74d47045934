// What is read out of the engine's own description, old and new.
import { describe, expect, test } from 'vitest';
import { compareApi, describeEngine, type EngineDetails, type EngineVersion, negotiateApi } from './engine';

const version = (ApiVersion: string, MinAPIVersion?: string): EngineVersion => ({
  Version: 'x',
  ApiVersion,
  ...(MinAPIVersion && { MinAPIVersion }),
});

describe('negotiateApi', () => {
  test.each([
    ['1.41', '1.12', '1.41'],
    ['1.51', '1.24', '1.51'],
    ['1.54', '1.44', '1.51'],
    ['1.60', '1.55', '1.55'],
  ])('an engine of %s (oldest %s) is spoken to in %s', (api, oldest, expected) => {
    expect(negotiateApi(version(api, oldest))).toBe(expected);
  });

  test('an engine that is too old is refused with a way out', () => {
    expect(() => negotiateApi(version('1.40'))).toThrow(
      expect.objectContaining({
        code: 'engine-unsupported',
        hints: [{ text: expect.stringContaining('Update'), url: expect.any(String) }],
      }),
    );
  });

  test('minor versions are numbers', () => {
    expect(compareApi('1.9', '1.41')).toBeLessThan(0);
    expect(compareApi('2.0', '1.99')).toBeGreaterThan(0);
  });
});

describe('describeEngine', () => {
  const details: EngineDetails = {
    OSType: 'linux',
    OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    Architecture: 'x86_64',
    NCPU: 2,
    MemTotal: 8_000_000_000,
    DriverStatus: [['Backing Filesystem', 'extfs']],
    SecurityOptions: ['name=apparmor', 'name=seccomp,profile=default'],
  };

  test('Debian 12, which leaves the cgroup version out', () => {
    expect(describeEngine({ Version: '20.10.24', ApiVersion: '1.41' }, details)).toEqual({
      version: '20.10.24',
      apiVersion: '1.41',
      operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
      architecture: 'x86_64',
      cpus: 2,
      memory: 8_000_000_000,
      cgroupVersion: '1',
      rootless: false,
      containerdStore: false,
    });
  });

  test('rootless, cgroup 2, containerd image store', () => {
    const info = describeEngine(
      { Version: '28.5.0', ApiVersion: '1.51' },
      {
        ...details,
        CgroupVersion: '2',
        SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless', 'name=cgroupns'],
        DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
      },
    );
    expect(info).toMatchObject({ cgroupVersion: '2', rootless: true, containerdStore: true });
  });

  test('Windows containers are refused', () => {
    expect(() => describeEngine(version('1.45'), { ...details, OSType: 'windows' })).toThrow(
      expect.objectContaining({ code: 'engine-unsupported', message: expect.stringContaining('windows') }),
    );
  });
});
