import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modelTable } from '../../../build/model-table.ts';

const test = suite('modelTable');

const sdk = {
  version: '1.2.3',
  declarations: `
    export type ModelInfo = 'claude-no';
    export type Model = 'claude-opus-9' | 'claude-sonnet-9' | 'claude-sonnet-10-1' | 'claude-sonnet-10-20280101' | (string & {});`,
  code: `
    const DEPRECATED_MODELS = {
        'claude-opus-9': 'November 30th, 2026',
        'claude-sonnet-9': 'March 1st, 2027',
    };`,
};

test('the generator makes a module of names, last days and the default', () => {
  const text = modelTable(sdk);
  assert.match(text, '@anthropic-ai/sdk 1.2.3');
  assert.match(
    text,
    "  'claude-opus-9',\n  'claude-sonnet-9',\n  'claude-sonnet-10-1',\n  'claude-sonnet-10-20280101',\n",
  );
  assert.match(text, "  'claude-opus-9': '2026-11-30',\n  'claude-sonnet-9': '2027-03-01',\n");
  assert.match(text, "export const currentModel = 'claude-sonnet-10-1';");
});

test('the generator refuses an SDK that says it in another form', () => {
  assert.throws(() => modelTable({ ...sdk, declarations: 'export type Model = string;' }), /type "Model"/);
  assert.throws(
    () => modelTable({ ...sdk, declarations: "export type Model = 'claude-opus-9';" }),
    /"sonnet"/,
  );
  assert.throws(() => modelTable({ ...sdk, code: '' }), /DEPRECATED_MODELS/);
  assert.throws(
    () => modelTable({ ...sdk, code: "const DEPRECATED_MODELS = { 'claude-opus-9': 'soon' }" }),
    /got "soon"/,
  );
});

test.run();
