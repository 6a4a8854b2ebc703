import { win32 } from 'node:path';

/**
 * The path of a program that is part of Windows: by the server's own environment, in which Node.js finds names in any case, never by that
 * of a call.
 */
export function systemProgram(name: string): string {
  return win32.join(process.env['SystemRoot'] || 'C:\\Windows', 'System32', name);
}
