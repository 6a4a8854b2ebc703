import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { subscribeResource } from '../../../../src/application/commands/subscribe-resource.ts';
import { family, fixed, registriesOf } from '../resources/test-resources.ts';
import { refusalOf, sessionDesk, sessionId } from './session-desk.ts';

const test = suite('subscribe-resource');

const registries = registriesOf(fixed('test://fixed'), family('test://item/{id}'));

for (const uri of ['test://fixed', 'test://item/7']) {
  test(`takes ${uri}`, async () => {
    const desk = sessionDesk();
    await desk.open();
    const session = await subscribeResource({ ...desk, ...registries })({ sessionId, uri });
    assert.equal([...session.subscriptions], [uri]);
    assert.equal(await desk.stored(), session);
  });
}

test('refuses a resource that there isn’t, and subscribes to nothing', async () => {
  const desk = sessionDesk();
  await desk.open();
  const subscribe = subscribeResource({ ...desk, ...registries });
  assert.is(await refusalOf(() => subscribe({ sessionId, uri: 'test://nope' })), 'resource.not-found');
  assert.is((await desk.stored())?.subscriptions.size, 0);
});

test.run();
