// Words of a Dockerfile with their variables put in, as BuildKit's shell lexer does it. Pure.

export type Variables = ReadonlyMap<string, string>;

export interface Expanded {
  readonly words: readonly string[];
  /** Variables that nobody has set: what they are may come from the base image. */
  readonly unknown: readonly string[];
}

/** Splits at white space outside of quotes, and expands. Throws an `Error` for what is cut off, or what `${x:?}` demands. */
export function expandWords(text: string, variables: Variables, escaping = '\\'): Expanded {
  const lexer = new Lexer(text, variables, escaping);
  return { words: lexer.words(), unknown: lexer.unknown };
}

/** One text as a whole: white space stays. */
export function expandText(text: string, variables: Variables, escaping = '\\'): { text: string; unknown: string[] } {
  const lexer = new Lexer(text, variables, escaping);
  return { text: lexer.until(() => false), unknown: lexer.unknown };
}

class Lexer {
  readonly unknown: string[] = [];
  #at = 0;
  readonly #text: string;
  readonly #variables: Variables;
  readonly #escaping: string;

  constructor(text: string, variables: Variables, escaping: string) {
    this.#text = text;
    this.#variables = variables;
    this.#escaping = escaping;
  }

  words(): string[] {
    const words: string[] = [];
    for (;;) {
      while (/\s/.test(this.#peek())) this.#at += 1;
      if (this.#at >= this.#text.length) return words;
      words.push(this.until((letter) => /\s/.test(letter)));
    }
  }

  /** Everything up to where `stops` says so, or the end. */
  until(stops: (letter: string) => boolean): string {
    let result = '';
    while (this.#at < this.#text.length && !stops(this.#peek())) {
      const letter = this.#next();
      if (letter === "'") result += this.#single();
      else if (letter === '"') result += this.#double();
      else if (letter === '$') result += this.#variable();
      else if (letter === this.#escaping) result += this.#next();
      else result += letter;
    }
    return result;
  }

  #peek(): string {
    return this.#text[this.#at] ?? '';
  }

  #next(): string {
    const letter = this.#peek();
    this.#at += 1;
    return letter;
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at);
    if (end < 0) throw new Error('a single quote is not closed');
    const inside = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return inside;
  }

  #double(): string {
    let result = '';
    while (this.#at < this.#text.length) {
      const letter = this.#next();
      if (letter === '"') return result;
      if (letter === '$') result += this.#variable();
      else if (letter === this.#escaping) {
        const escaped = this.#next();
        result += ['"', '$', this.#escaping].includes(escaped) ? escaped : this.#escaping + escaped;
      } else result += letter;
    }
    throw new Error('a double quote is not closed');
  }

  #variable(): string {
    if (this.#peek() !== '{') {
      const name = /^(?:[a-zA-Z_][a-zA-Z0-9_]*|[0-9@*#?$!-])/.exec(this.#text.slice(this.#at))?.[0];
      if (name === undefined) return '$';
      this.#at += name.length;
      return this.#value(name) ?? '';
    }
    this.#at += 1;
    const name = /^[a-zA-Z0-9_]+/.exec(this.#text.slice(this.#at))?.[0];
    if (name === undefined) throw new Error('a variable has no name');
    this.#at += name.length;
    return this.#modified(name);
  }

  #modified(name: string): string {
    const colon = this.#peek() === ':';
    if (colon) this.#at += 1;
    const operator = this.#next();
    if (operator === '}' && !colon) return this.#value(name) ?? '';
    if (operator === '#' || operator === '%') return this.#trimmed(name, operator);
    if (operator === '/') return this.#replaced(name);
    if (!'-+?'.includes(operator) || operator === '') throw new Error(`\${${name} is not closed or not understood`);
    const word = this.#inBraces((letter) => letter === '}');
    const known = this.#value(name);
    const counts = known !== undefined && !(colon && known === '');
    if (operator === '-') return counts ? known : word;
    if (operator === '+') return counts ? word : '';
    if (counts) return known;
    throw new Error(`${name}: ${word || 'it is not set'}`);
  }

  #trimmed(name: string, operator: string): string {
    const greedy = this.#peek() === operator;
    if (greedy) this.#at += 1;
    const pattern = shellPattern(
      this.#inBraces((letter) => letter === '}'),
      greedy,
    );
    const value = this.#value(name) ?? '';
    if (operator === '#') return value.replace(new RegExp(`^${pattern}`, 's'), '');
    // The longest end matches from the earliest place, the shortest from the latest.
    const starts = [...value, ''].map((_, index) => index);
    for (const start of greedy ? starts : starts.toReversed()) {
      if (new RegExp(`^${pattern}$`, 's').test(value.slice(start))) return value.slice(0, start);
    }
    return value;
  }

  #replaced(name: string): string {
    const all = this.#peek() === '/';
    if (all) this.#at += 1;
    const pattern = shellPattern(
      this.until((letter) => letter === '/' || letter === '}'),
      true,
    );
    let replacement = '';
    if (this.#peek() === '/') {
      this.#at += 1;
      replacement = this.until((letter) => letter === '}');
    }
    this.#close();
    return (this.#value(name) ?? '').replace(new RegExp(pattern, all ? 'gs' : 's'), () => replacement);
  }

  #inBraces(stops: (letter: string) => boolean): string {
    const word = this.until(stops);
    this.#close();
    return word;
  }

  #close(): void {
    if (this.#next() !== '}') throw new Error('a brace is not closed');
  }

  #value(name: string): string | undefined {
    const value = this.#variables.get(name);
    if (value === undefined) this.unknown.push(name);
    return value;
  }
}

/** `*` and `?` of a shell as a regular expression. */
function shellPattern(pattern: string, greedy: boolean): string {
  return pattern.replace(/[.+^${}()|[\]\\*?]/g, (letter) =>
    letter === '*' ? (greedy ? '.*' : '.*?') : letter === '?' ? '.' : `\\${letter}`,
  );
}
