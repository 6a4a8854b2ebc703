/** Codes for whoever started the process. 78 is EX_CONFIG of sysexits.h, 130 is 128 + SIGINT. */
export const exitCodes = { done: 0, failed: 1, usage: 2, configuration: 78, interrupted: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
