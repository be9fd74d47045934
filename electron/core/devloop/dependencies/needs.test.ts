// What a Dockerfile needs of its context, stage by stage, as BuildKit would take it.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/model/errors';
import { parseDockerfile } from './dockerfile';
import { type BuildChoice, needsOf } from './needs';

const needs = (text: string, choice?: BuildChoice) => needsOf(parseDockerfile(text), choice);
const sources = (text: string, choice?: BuildChoice) => needs(text, choice).sources;
const failure = (text: string, choice?: BuildChoice) => {
  try {
    needs(text, choice);
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was thrown');
};

describe('parsing', () => {
  it('joins continued lines, over comments and empty ones between them', () => {
    const { instructions } = parseDockerfile('FROM a\nCOPY one \\\n# about two\n\n   two \\\n /to/\nRUN x');
    expect(instructions.map(({ keyword, rest, line, endLine }) => ({ keyword, rest, line, endLine }))).toEqual([
      { keyword: 'FROM', rest: 'a', line: 1, endLine: 1 },
      { keyword: 'COPY', rest: 'one    two  /to/', line: 2, endLine: 6 },
      { keyword: 'RUN', rest: 'x', line: 7, endLine: 7 },
    ]);
  });
  it('takes the escape character of the directive', () => {
    expect(sources('# escape=`\nFROM a\nCOPY one `\n two `\n /to/')).toEqual(['one', 'two']);
    expect(sources('# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nCOPY c:\\x /to')).toEqual(['c:\\x']);
    expect(sources('# a comment\n# escape=`\nFROM a\nCOPY one \\\n two /to/')).toEqual(['one', 'two']);
  });
  it('does not take the text of heredocs for instructions', () => {
    const text =
      'FROM a\nRUN <<EOF\nCOPY no /no\nEOF\nCOPY <<-"one" <<two real /to/\n\tin one\n\tone\nin two\ntwo\nCOPY b /b';
    expect(parseDockerfile(text).instructions.map(({ line }) => line)).toEqual([1, 2, 5, 10]);
    expect(parseDockerfile(text).instructions[2]?.heredocs).toEqual([
      { name: 'one', expand: false, content: 'in one\n' },
      { name: 'two', expand: true, content: 'in two\n' },
    ]);
    expect(sources(text)).toEqual(['real', 'b']);
  });
  it('says at which line it cannot go on', () => {
    expect(failure('FROM a\nRUN <<EOF\nx').params).toEqual({
      line: 2,
      reason: 'the text that ends with EOF does not end',
    });
    expect(failure('FROM a\n\n"COPY" a b').params?.line).toBe(3);
    expect(failure('# nothing').params?.reason).toBe('the Dockerfile is empty');
    expect(failure('COPY a b').params).toEqual({ line: 1, reason: 'COPY comes before the first FROM' });
    expect(failure('FROM a\nCOPY ${X /b').params?.line).toBe(2);
    expect(failure('FROM a\nCOPY only').params?.line).toBe(2);
  });
});

describe('stages', () => {
  const text = [
    'FROM golang AS Build',
    'COPY go.mod go.sum ./',
    'FROM node AS assets',
    'COPY web /web',
    'FROM busybox AS tools',
    'COPY tools /',
    'FROM scratch AS final',
    'COPY --from=build /app /app',
    'COPY --from=1 /web/dist /web',
    'COPY --from=nginx:1 /etc/nginx /etc/nginx',
    'COPY static/*.css /css/',
  ].join('\n');
  it('takes only those that the target is made of', () => {
    expect(needs(text)).toMatchObject({
      sources: ['go.mod', 'go.sum', 'web', 'static/*.css'],
      images: ['golang', 'node', 'nginx:1'],
    });
    expect(sources(text, { target: 'tools' })).toEqual(['tools']);
    expect(sources(text, { target: 'BUILD' })).toEqual(['go.mod', 'go.sum']);
    expect(sources(text, { target: '1' })).toEqual(['web']);
  });
  it('knows which files are in the stage that becomes the image', () => {
    expect(
      needs(text)
        .copies.filter(({ inTarget }) => inTarget)
        .map((copy) => copy.sources),
    ).toEqual([['static/*.css']]);
    const chained = 'FROM a AS base\nWORKDIR /srv\nCOPY lib ./lib/\nFROM base\nCOPY app.js .\n';
    expect(needs(chained).copies).toMatchObject([
      { sources: ['lib'], destination: '/srv/lib/', inTarget: true },
      { sources: ['app.js'], inTarget: true },
    ]);
  });
  it('names the stages where the target is none', () => {
    const error = failure(text, { target: 'prod' });
    expect(error).toBeInstanceOf(AppError);
    expect(error.code).toBe('not-found');
    expect(error.hints[0]?.text).toContain('build, assets, tools, final');
  });
});

describe('variables', () => {
  it('expands arguments of the build, with defaults, before and in stages', () => {
    const text =
      'ARG base=alpine\nARG dir=src\nFROM $base\nARG dir\nARG file=${dir}/main\nCOPY ${file}.go ${none:-x}.txt /to/';
    expect(needs(text)).toMatchObject({ images: ['alpine'], sources: ['.'] });
    const clear =
      'ARG base=alpine\nARG dir=src\nFROM $base\nARG dir\nARG file=${dir}/main\nCOPY ${file}.go $dir/x /to/';
    expect(sources(clear)).toEqual(['src/main.go', 'src/x']);
    expect(needs(clear, { buildArgs: { base: 'debian', dir: 'lib' } })).toMatchObject({
      images: ['debian'],
      sources: ['lib/main.go', 'lib/x'],
    });
  });
  it('lets ENV win over ARG, and keeps it in stages made from one', () => {
    expect(
      sources('FROM scratch AS a\nENV d=env\nARG d=arg\nFROM a\nCOPY $d/x /x', { buildArgs: { d: 'out' } }),
    ).toEqual(['env/x']);
    expect(sources('FROM scratch\nENV a=1 b="two words"\nENV c old form\nCOPY ["$b", "$c", "/to/"]')).toEqual([
      'two words',
      'old form',
    ]);
  });
  it('takes everything where only the base image can say what a variable is', () => {
    expect(needs('FROM node\nCOPY $APP_DIR/x /x').copies[0]).toMatchObject({ sources: ['.'], destination: undefined });
  });
  it.each([
    ['${v%.*}', 'a.b.js', 'a.b'],
    ['${v%%.*}', 'a.b.js', 'a'],
    ['${v#*.}', 'a.b.js', 'b.js'],
    ['${v##*.}', 'a.b.js', 'js'],
    ['${v/b/c}', 'bob', 'cob'],
    ['${v//b/c}', 'bob', 'coc'],
    ['${v:+set}', 'a', 'set'],
    ['"$v"\'$v\'\\$v', 'a', 'a$v$v'],
  ])('%s of %s is %s', (word, value, result) => {
    expect(sources(`FROM a\nARG v\nCOPY ${word} /to`, { buildArgs: { v: value } })).toEqual([result]);
  });
  it('knows the platform that is built for', () => {
    const text =
      'FROM --platform=$BUILDPLATFORM a\nARG TARGETARCH\nARG TARGETOS\nCOPY bin/$TARGETOS-$TARGETARCH /bin/x';
    expect(sources(text, { platform: 'linux/arm64' })).toEqual(['bin/linux-arm64']);
  });
});

describe('places', () => {
  it('reads sources as being below the context, whatever is before them', () => {
    expect(sources('FROM a\nCOPY /a ../b ./c/ d/../e /to/')).toEqual(['a', 'b', 'c', 'e']);
    expect(sources('FROM a\nCOPY x y/\nCOPY . /')).toEqual(['.']);
    expect(sources('FROM a\nADD https://example.org/x a.tar git@github.com:a/b.git /to/')).toEqual(['a.tar']);
  });
  it('follows WORKDIR as far as it is known', () => {
    const destination = (text: string) => needs(text).copies.at(-1)?.destination;
    expect(destination('FROM scratch\nCOPY a b')).toBe('/b');
    expect(destination('FROM a\nCOPY a b')).toBeUndefined();
    expect(destination('FROM a\nWORKDIR /app\nWORKDIR sub\nCOPY a b c/')).toBe('/app/sub/c/');
    expect(destination('FROM a\nWORKDIR /app\nCOPY a .')).toBe('/app/');
    expect(destination('FROM a\nWORKDIR rel\nCOPY a b')).toBeUndefined();
  });
  it('counts what RUN mounts', () => {
    const text = 'FROM a\nRUN --mount=type=cache,target=/c --mount=type=bind,source=go.mod,target=/m go build\n';
    expect(sources(text)).toEqual(['go.mod']);
    expect(sources('FROM a\nRUN --mount=target=/src make')).toEqual(['.']);
    expect(needs('FROM a\nRUN --mount=type=bind,from=tools,target=/t x')).toMatchObject({
      sources: [],
      images: ['a', 'tools'],
    });
    expect(sources('FROM a\nRUN --mount=type=secret,id=x cat')).toEqual([]);
  });
  it('ignores ONBUILD', () => expect(sources('FROM a\nONBUILD COPY x /x')).toEqual([]));
});
