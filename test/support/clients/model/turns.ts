/** A part of a conversation that decides what the model does next. */
export type Turn = { readonly user: string } | { readonly result: string; readonly call: string };

/** A request to the model, in no API's own words. */
export interface Question {
  readonly turns: readonly Turn[];
  /** The names of the tools that it may call. */
  readonly tools: readonly string[];
}

/** The model's answer: words, or a tool to call. */
export type Step =
  | { readonly say: string }
  | { readonly call: string; readonly tool: string; readonly args: Readonly<Record<string, unknown>> };

/** A call that a script asks for. */
export interface ScriptedCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Begins the ids of calls that only look for a tool: their results are none of the script's. */
const SEARCH = 'search_';

const LINE = /^CALL (\w+) (\{.*\})$/gm;

/** The user's words that make the model call these tools, one after another, and then repeat what came back. */
export function scriptOf(calls: readonly ScriptedCall[]): string {
  return calls.map(({ tool, args }) => `CALL ${tool} ${JSON.stringify(args)}`).join('\n');
}

/** Decides by the last script among the user's words: the call that has no result yet, or the results. */
export function nextStep({ turns, tools }: Question): Step {
  const at = turns.findLastIndex((turn) => 'user' in turn && callsIn(turn.user).length > 0);
  const script = turns[at];
  if (script === undefined || !('user' in script)) return { say: 'Hello.' };
  const after = turns.slice(at + 1).filter((turn) => 'result' in turn);
  const results = after.filter(({ call }) => !call.startsWith(SEARCH));
  const next = callsIn(script.user)[results.length];
  if (next === undefined) return { say: results.map(({ result }) => result).join('\n') };
  const tool = toolOf(next.tool, tools);
  if (tool !== undefined) return { call: `call_${results.length}`, tool, args: next.args };
  const searches = after.length - results.length;
  const search = tools.find((name) => name === 'ToolSearch');
  if (search !== undefined && searches <= results.length)
    return { call: `${SEARCH}${searches}`, tool: search, args: { query: `+tfo ${next.tool}` } };
  return { say: `No tool ${next.tool} among ${tools.join(', ')}` };
}

function callsIn(text: string): ScriptedCall[] {
  return [...text.matchAll(LINE)].map(([, tool = '', args = '']) => ({ tool, args: JSON.parse(args) }));
}

/** Clients put the server's name before the tool's; some have tools of their own that are called like ours. */
function toolOf(name: string, tools: readonly string[]): string | undefined {
  const ours = tools.find((tool) => tool.includes('tfo') && tool.endsWith(name));
  return ours ?? tools.find((tool) => tool === name);
}
