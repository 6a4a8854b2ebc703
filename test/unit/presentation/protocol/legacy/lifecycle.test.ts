import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../../../src/domain/shared/json.ts';
import { RpcError } from '../../../../../src/presentation/jsonrpc/rpc-error.ts';
import { decodeInitialize } from '../../../../../src/presentation/protocol/legacy/lifecycle.ts';

const test = suite('legacy lifecycle');

const params = {
  protocolVersion: '2025-06-18',
  capabilities: { roots: { listChanged: true } },
  clientInfo: { name: 'Ada', version: '1.0', title: 'Ada the client' },
};

test('initialize agrees on a revision and keeps what the client says of itself', () => {
  const { negotiated, features } = decodeInitialize(params);
  assert.is(features.version, '2025-06-18');
  assert.equal(negotiated, {
    protocolVersion: '2025-06-18',
    client: { name: 'Ada', version: '1.0' },
    capabilities: { roots: { listChanged: true } },
  });
});

test('the revision agreed on is kept, not the one asked for', () => {
  const { negotiated } = decodeInitialize({ ...params, protocolVersion: '2099-01-01' });
  assert.is(negotiated.protocolVersion, '2025-11-25');
});

for (const capabilities of [{}, [], null, undefined]) {
  test(`initialize with capabilities ${JSON.stringify(capabilities)} declares none`, () => {
    assert.equal(decodeInitialize({ ...params, capabilities }).negotiated.capabilities, {});
  });
}

test('what a client leaves out of its introduction may be null', () => {
  const clientInfo = { ...params.clientInfo, title: null, websiteUrl: null, icons: null };
  assert.is(decodeInitialize({ ...params, clientInfo }).negotiated.client.name, 'Ada');
});

for (const [what, wrong, parameter] of [
  ['no params', undefined, 'protocolVersion'],
  ['no version', { ...params, protocolVersion: undefined }, 'protocolVersion'],
  ['a version that is a number', { ...params, protocolVersion: 1 }, 'protocolVersion'],
  ['capabilities that are a list', { ...params, capabilities: ['roots'] }, 'capabilities'],
  ['no client', { ...params, clientInfo: null }, 'clientInfo'],
  ['a client without a name', { ...params, clientInfo: { version: '1' } }, 'name'],
  ['a client without a version', { ...params, clientInfo: { name: 'Ada' } }, 'version'],
] as const) {
  test(`initialize with ${what} is refused`, () => {
    assert.throws(
      () => decodeInitialize(wrong as JsonObject | undefined),
      (error: unknown) =>
        error instanceof RpcError && error.code === -32602 && error.data?.['parameter'] === parameter,
    );
  });
}

test.run();
