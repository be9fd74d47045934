// Parameters: where they may be named, what their places become, and which values are refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTemplate } from './check';
import { escaped } from './parameters';
import { readTemplate } from './read';

const template = `apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: mine, title: Mine, description: Mine}
spec:
  parameters:
    - {name: workers, type: integer, default: 2, minimum: 1, maximum: 5}
    - {name: team, type: string}
    - {name: size, type: string, default: small, allowed: [small, large]}
    - {name: registry, type: boolean, default: false}
  nodes:
    - role: control-plane
    - role: worker
      count: \${parameters.workers}
      labels: {team: "\${parameters.team}", size: "\${parameters.size}-\${parameters.workers}"}
  registry:
    enabled: \${parameters.registry}
  environment:
    LITERAL: $\${parameters.team} and \${HOME} and $$\${parameters.team}
  manifests:
    - name: hello
      inline: |
        # for \${parameters.team}
        {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {replicas: "\${parameters.workers}"}}
`;
const filled = (values: Record<string, string | number | boolean>) => readTemplate(template, 'mine.yaml', values).spec;

describe('values', () => {
  it('keep their type where they stand alone, and are written into longer text', () => {
    const spec = filled({ workers: 3, team: 'blue', registry: true });
    expect(spec.nodes[1]).toMatchObject({ count: 3, labels: { team: 'blue', size: 'small-3' } });
    expect(spec.registry.enabled).toBe(true);
    expect(spec.manifests[0]).toMatchObject({
      inline: '# for blue\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {replicas: "3"}}\n',
    });
  });

  it('may come as text, from a command line', () => {
    expect(filled({ workers: '4', team: '5', registry: 'true' })).toMatchObject({
      nodes: [{}, { count: 4, labels: { team: '5' } }],
      registry: { enabled: true },
    });
  });

  it('are written literally with one dollar more', () => {
    expect(filled({ team: 'blue' }).environment).toEqual({
      LITERAL: '${parameters.team} and ${HOME} and $${parameters.team}',
    });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('$', '${parameters.x}', '{parameters.x}', 'a', '{')).map((all) => all.join('')),
        (text) => {
          const spec = `{nodes: [{role: control-plane}], parameters: [{name: x, type: string, default: y}], images: [${JSON.stringify(`-${escaped(text)}`)}]}`;
          const yaml = `apiVersion: boathouse.dev/v1\nkind: ClusterTemplate\nmetadata: {id: a, title: a, description: a}\nspec: ${spec}\n`;
          expect(readTemplate(yaml, 'a.yaml').spec.images).toEqual([`-${text}`]);
        },
      ),
    );
  });

  it('have a stand-in while the template is only looked at', () => {
    const { template: seen, parameters } = checkTemplate(template);
    expect(seen?.spec.nodes[1]).toMatchObject({ count: 2, labels: { team: 'example', size: 'small-2' } });
    expect(parameters).toEqual([]);
  });

  it.each<[Record<string, string | number | boolean>, string]>([
    [{}, 'team needs a value'],
    [{ team: 'a', wrokers: 3 }, 'no parameter is called wrokers, did you mean workers?'],
    [{ team: 'a', colour: 3 }, 'no parameter is called colour, the parameters are workers, team, size, registry'],
    [{ team: 'a', workers: 'many' }, 'workers must be a whole number'],
    [{ team: 'a', workers: 1.5 }, 'workers must be a whole number'],
    [{ team: 'a', workers: true }, 'workers must be a whole number'],
    [{ team: 'a', workers: 0 }, 'workers must be at least 1'],
    [{ team: 'a', workers: '6' }, 'workers must be at most 5'],
    [{ team: 'a', size: 'lrage' }, 'size must be one of small, large, did you mean large?'],
    [{ team: 'a', registry: 'maybe' }, 'registry must be true or false'],
    [{ team: 'a', workers: 0, toString: 'x' }, 'no parameter is called toString'],
  ])('%j is refused', (values, message) => {
    const error = expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(message) });
    expect(() => filled(values)).toThrow(error);
    expect(
      checkTemplate(template, values)
        .parameters.map((problem) => problem.message)
        .join('; '),
    ).toContain(message);
  });

  it('that break what they are put into are named', () => {
    expect(() => filled({ team: 'not a label' })).toThrow(
      /line 14, column 22: spec\.nodes\[1\]\.labels\.team is not right: .* \(the parameter team is not a label\)/,
    );
  });
});

describe('a mistake in a template', () => {
  it.each([
    [
      'count: ${parameters.workers}',
      'count: ${parameters.wokers}',
      'line 13, column 14: no parameter is called wokers, did you mean workers?',
    ],
    ['count: ${parameters.workers}', 'count: ${parameters.}', 'no parameter is called , name it under spec.parameters'],
    [
      'count: ${parameters.workers}',
      'count: ${parameter.workers}',
      'line 13, column 14: ${parameter.workers} is not known, did you mean ${parameters.workers}?',
    ],
    [
      'team: "${parameters.team}"',
      'team: ${parameters.team}',
      'between { } or [ ] write "${parameters.NAME}" in quotes',
    ],
    [
      'enabled: ${parameters.registry}',
      'enabled: ${parameters.size}',
      'must be true or false (the parameter size is small)',
    ],
    [
      'type: boolean',
      'type: bolean',
      'line 9, column 30: spec.parameters[3].type must be string, integer or boolean, did you mean boolean?',
    ],
    ['name: registry, type: boolean, ', 'name: registry, ', 'line 9, column 7: spec.parameters[3].type is missing'],
    ['default: false', 'default: no', 'spec.parameters[3].default must be true or false'],
    [
      'allowed: [small, large]',
      'allowed: [big, large]',
      'spec.parameters[2].default is not right: it is none of the allowed values',
    ],
  ])('%s written as %s', (right, wrong, problem) => {
    const { problems } = checkTemplate(template.replace(right, () => wrong));
    const lines = problems.map(({ line, column, message }) => `line ${line}, column ${column}: ${message}`);
    expect(lines.join('\n')).toContain(problem);
  });
});
