import type { CommandRow } from './command-row.ts';

/** Commands that use the surface as a client would. */
export const surfaceCommands = {
  call: {
    summary: 'Call a tool once, as a client would',
    operands: [
      { name: 'TOOL', required: true, repeated: false },
      { name: 'KEY=VALUE', required: false, repeated: true },
    ],
    options: ['allow', 'read-only', 'config', 'log-level', 'debug', 'json'],
    details: [
      'tfo-mcp help call TOOL shows the arguments of a tool. A value becomes what the',
      'tool wants: a number, true or false, or JSON for lists and objects; KEY:=JSON is',
      'taken as it is. KEY=- takes the value from stdin, KEY=@FILE from a file, and',
      'KEY=@@TEXT is the text @TEXT; KEY:=- and KEY:=@FILE take JSON from there. One',
      'JSON object stands for all arguments, and - or @FILE alone for such an object.',
      '',
      'The result goes to stdout, errors and remarks to stderr. At a terminal, results',
      'are shown for people. In a pipe or a file they are the text that a client gets,',
      'but not cut to 16 KiB: of most tools, JSON. --json prints the whole result. It',
      'ends with 1 when the tool failed, or a command that it ran did not end with 0.',
    ],
    examples: [
      ['tfo-mcp call echo message=hi', 'call a tool with an argument'],
      [`tfo-mcp call echo '{"message":"hi"}'`, 'all arguments as JSON'],
      ['tfo-mcp call echo message=@notes.txt', 'a value from a file'],
      [`tfo-mcp call execute_command argv:='["ls"]'`, 'a list'],
    ],
  },
  read: {
    summary: 'Read a resource once, as a client would',
    operands: [{ name: 'URI', required: true, repeated: false }],
    options: ['allow', 'config', 'log-level', 'debug', 'json'],
    details: [
      'tfo-mcp info lists the resources. Their content goes to stdout as it is. Binary',
      'content is not printed on a terminal: redirect it to a file, or use --json.',
    ],
    examples: [
      ['tfo-mcp read config://server', 'the configuration'],
      ['tfo-mcp read file:///srv/notes.txt --allow /srv', 'a file'],
    ],
  },
  prompt: {
    summary: 'Print a prompt, as a client would get it',
    operands: [
      { name: 'NAME', required: true, repeated: false },
      { name: 'KEY=VALUE', required: false, repeated: true },
    ],
    options: ['config', 'log-level', 'debug', 'json'],
    details: [
      'tfo-mcp info lists the prompts and their arguments. KEY=- takes the value from',
      'stdin, KEY=@FILE from a file, and KEY=@@TEXT is the text @TEXT.',
    ],
    examples: [
      ['tfo-mcp prompt code_review code=x++ language=c', 'a prompt with its arguments'],
      ['tfo-mcp prompt code_review code=@main.c', 'code from a file'],
      ['tfo-mcp prompt code_review code=x++ --json', 'with its roles, for programs'],
    ],
  },
  chat: {
    summary: 'Talk to Claude',
    operands: [],
    options: ['model', 'config', 'log-level', 'debug'],
    details: [
      'Each line is a message, typed or piped; the answer is printed as it comes.',
      '/list, /show, /switch and /new go from one conversation to another, and /help',
      'tells more. Ctrl-C stops an answer, a second one leaves. It needs an API key:',
      'ANTHROPIC_API_KEY, or claude.api_key_file in the configuration.',
    ],
    examples: [
      ['tfo-mcp chat', 'talk at the terminal'],
      ['tfo-mcp chat --model claude-opus-5-5', 'talk to this model'],
    ],
  },
} as const satisfies Readonly<Record<string, CommandRow>>;
