import type { AssistantBlock } from '../../domain/conversation/message.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import {
  expectJsonObject,
  expectObject,
  expectString,
  expectText,
  expectWalkable,
} from './answer-members.ts';

/** A block of a streamed answer, as far as it has come. */
export class AnswerBlock {
  /** Its text so far, if it is one. */
  text: string;
  private readonly type: string;
  private readonly begun: JsonObject;
  /** Members that came in pieces, in the place of those that it began with. */
  private thinking: string | undefined;
  private signature: string | undefined;
  private input: string | undefined;

  constructor(given: unknown) {
    const begun = expectObject('content_block', given);
    this.type = expectText('content_block.type', begun['type']);
    this.begun = expectWalkable('content_block', begun);
    this.text = this.type === 'text' ? expectString('content_block.text', begun['text'] ?? '') : '';
  }

  /** Adds a piece; one that belongs to another kind of block is passed over. @returns the text that is new */
  add(given: unknown): string {
    const delta = expectObject('delta', given);
    const piece = (name: string) => expectString(`delta.${name}`, delta[name]);
    switch (`${this.type} ${delta['type']}`) {
      case 'text text_delta': {
        const text = piece('text');
        this.text += text;
        return text;
      }
      case 'thinking thinking_delta':
        this.thinking ??= expectString('content_block.thinking', this.begun['thinking'] ?? '');
        this.thinking += piece('thinking');
        break;
      case 'thinking signature_delta':
        this.signature = piece('signature');
        break;
      case 'tool_use input_json_delta':
      case 'server_tool_use input_json_delta':
        this.input = (this.input ?? '') + piece('partial_json');
    }
    return '';
  }

  /** The block as it is at the end of the answer: what we have no word for goes back as it came. */
  whole(): AssistantBlock {
    const { type, text, begun, thinking, signature } = this;
    if (type === 'text') return { type, text };
    const input = this.input === undefined ? undefined : expectJsonObject('delta.partial_json', this.input);
    if (type === 'tool_use') {
      const id = expectText('content_block.id', begun['id']);
      const name = expectText('content_block.name', begun['name']);
      return { type, id, name, input: input ?? expectObject('content_block.input', begun['input']) };
    }
    const block = {
      ...begun,
      ...(thinking !== undefined && { thinking }),
      ...(signature !== undefined && { signature }),
      ...(input !== undefined && { input }),
    };
    return { type: 'other', block };
  }
}
