import ignore, { type Ignore } from 'ignore';

/** File systems that ignore case have git ignore it too. */
const ignorecase = process.platform === 'win32' || process.platform === 'darwin';

/** The rules of one `.gitignore`, and those of the folders above: the deepest that says anything decides, as in git. */
export class IgnoreRules {
  private readonly rules: Ignore;
  /** What comes before the paths that are asked about, where the rules are from above the walk's beginning. */
  private readonly prefix: string;
  /** How much of them lies above the rules' own folder. */
  private readonly skip: number;
  private readonly above: IgnoreRules | undefined;

  private constructor(text: string, prefix: string, skip: number, above: IgnoreRules | undefined) {
    this.rules = ignore({ ignorecase }).add(text);
    this.prefix = prefix;
    this.skip = skip;
    this.above = above;
  }

  /** Of a folder above the walk's beginning. @param prefix from that folder to the beginning, with a trailing `/` */
  static above(text: string, prefix: string, above?: IgnoreRules): IgnoreRules {
    return new IgnoreRules(text, prefix, 0, above);
  }

  /** Of a folder on the walk. @param path empty, or with a trailing `/` */
  static of(text: string, path: string, above?: IgnoreRules): IgnoreRules {
    return new IgnoreRules(text, '', path.length, above);
  }

  /** Whether a path is ignored, given that the folder it is in is not. @param path from the beginning; a directory's ends in `/` */
  ignores(path: string): boolean {
    const { ignored, unignored } = this.rules.test(this.prefix + path.slice(this.skip));
    if (ignored || unignored) return ignored;
    return this.above?.ignores(path) ?? false;
  }
}
