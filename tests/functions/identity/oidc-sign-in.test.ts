import { expect, test } from 'vitest';
import { refuse } from '../../../domain/refusals.ts';
import type { OidcClient } from '../../../functions/identity/oidc-client.ts';
import { renewingOnce } from '../../../functions/identity/oidc-sign-in.ts';

test('windows that renew at once ask the issuer once; later ones, and after a fault, ask again', async () => {
  let now = 0;
  const asked: string[] = [];
  let fault = false;
  const client = renewingOnce(
    {
      renew: async (token: string) => {
        asked.push(token);
        if (fault) throw new Error('unreachable');
        return refuse('sign-in-failed', `answer ${asked.length}`);
      },
    } as unknown as OidcClient,
    () => now,
  );
  const both = await Promise.all([client.renew('one'), client.renew('one')]);
  expect(both[0]).toBe(both[1]);
  await client.renew('two');
  expect(asked).toEqual(['one', 'two']);
  now += 61_000;
  await client.renew('one');
  expect(asked).toEqual(['one', 'two', 'one']);
  fault = true;
  await expect(client.renew('three')).rejects.toThrow('unreachable');
  fault = false;
  await client.renew('three');
  expect(asked.slice(3)).toEqual(['three', 'three']);
});
