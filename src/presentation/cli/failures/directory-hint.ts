import { statSync } from 'node:fs';

/**
 * The end of a sentence about words that are no command but directories, as older file servers take them; empty where they are
 * none. Asked only when something is wrong already.
 */
export function directoryHint(words: readonly string[]): string {
  const directories = words.filter(isDirectory);
  if (directories.length === 0 || directories[0] !== words[0]) return '';
  const options = directories.map((directory) => `--allow ${quoted(directory)}`).join(' ');
  return `; to let tools work in a directory, write ${options}`;
}

function isDirectory(word: string): boolean {
  if (/[\\/]|^[.~]+$/.test(word)) return true; // a path, there or not
  return statSync(word, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

const quoted = (word: string) => (/^[\w./~:\\-]+$/.test(word) ? word : JSON.stringify(word));
