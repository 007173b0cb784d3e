import { describe, expect, test } from 'vitest';
import { startFunction } from '../../kit/lambda/deployed.ts';
import { deployedFunctions } from '../../kit/lambda/functions.ts';
import { gatewayEvent, throughGateway } from '../../kit/lambda/gateway.ts';

// Nothing is asked of any of these: a function that lacks a setting fails before.
const NOBODY = { dynamodb: 'http://127.0.0.1:1' };

describe('a function that cannot start', () => {
  const deployed = deployedFunctions(['api', 'projector', 'maintenance', 'eraser', 'digest']);

  test.each([
    ['api', 'TAIZHANG_EVENTS_TABLE'],
    ['api', 'TAIZHANG_LEDGER'],
    ['api', 'TAIZHANG_VERSION'],
    ['api', 'TAIZHANG_OIDC_ISSUER'],
    ['api', 'TAIZHANG_OIDC_AUDIENCE'],
    ['projector', 'TAIZHANG_VIEWS_TABLE'],
    ['maintenance', 'TAIZHANG_REBUILD_QUEUE'],
    ['maintenance', 'TAIZHANG_DEAD_LETTER_QUEUE'],
    ['eraser', 'TAIZHANG_ZONE_OFFSET'],
    ['digest', 'TAIZHANG_DIGEST_TOPIC'],
    ['digest', 'TAIZHANG_DIGEST_LANGUAGE'],
  ] as const)('%s for want of %s names it', async (name, missing) => {
    const fn = deployed[name];
    const { [missing]: _, ...environment } = fn.environment;
    const broken = await startFunction({ ...fn, environment }, NOBODY);
    try {
      expect(await broken.invoke(gatewayEvent({ method: 'GET', path: '/healthz' }))).toEqual({
        error: expect.objectContaining({
          errorType: 'BadEnvironment',
          errorMessage: `${missing} is not set.`,
        }),
      });
    } finally {
      await broken.stop();
    }
  });

  test.each([
    ['TAIZHANG_ZONE_OFFSET', 'east', /^TAIZHANG_ZONE_OFFSET must be minutes from UTC, not "east"/],
    ['TAIZHANG_LEDGER', 'mine', /^TAIZHANG_LEDGER must be 22 characters of base64url or a UUID, not mine/],
    ['TAIZHANG_OIDC_ISSUER', 'cognito', /^TAIZHANG_OIDC_ISSUER must be an http or https URL, not "cognito"/],
  ])('and so for %s that is %s', async (name, value, says) => {
    const environment = { ...deployed.api.environment, [name]: value };
    const broken = await startFunction({ ...deployed.api, environment }, NOBODY);
    expect(await broken.invoke(gatewayEvent({ method: 'GET', path: '/healthz' }))).toEqual({
      error: expect.objectContaining({ errorMessage: expect.stringMatching(says) }),
    });
    await broken.stop();
  });

  test('is a fault to whoever asks through the gateway, and says no more', async () => {
    const broken = await startFunction({ ...deployed.api, environment: {} }, NOBODY);
    const answer = await throughGateway(broken, { method: 'GET', path: '/healthz' });
    expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    await broken.stop();
  });
});
