// Finds the command in a sentence that names one, so that it can be copied instead of typed.

export interface SplitText {
  before: string;
  command: string;
  after: string;
}

const program = '(?:sudo |docker |boathouse |kubectl |sysctl |systemctl |ssh )';
/** `Start it with: boathouse start shop`, perhaps with `, then ...` behind it. */
const afterColon = new RegExp(`^(.*?(?:: |：))(${program}[^,]+)(.*)$`);
/** `... run "sudo systemctl start docker".` */
const inQuotes = new RegExp(`^(.*?)["\`](${program}[^"\`]+)["\`](.*)$`);

const nothingElse = new RegExp(`^()(${program}.*[^.])()$`);

/** The words before a command, the command, and the words after it; undefined where there is none. */
export function commandIn(text: string): SplitText | undefined {
  const [, before = '', command = '', after = ''] =
    afterColon.exec(text) ?? inQuotes.exec(text) ?? nothingElse.exec(text) ?? [];
  return command === '' ? undefined : { before, command: command.trim(), after };
}
