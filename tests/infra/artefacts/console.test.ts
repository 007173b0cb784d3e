import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import { createSessions } from '../../../functions/identity/session.ts';
import { fieldValue } from '../../kit/console-visitor.ts';
import { type Begun, begun } from '../../kit/item-path.ts';
import { type CloudBench, cloudBench } from '../../kit/lambda/cloud-bench.ts';
import { throughGateway } from '../../kit/lambda/gateway.ts';
import { people } from '../../kit/people.ts';

vi.setConfig({ testTimeout: 60_000 });

let cloud: CloudBench;
let at: Begun;
beforeAll(async () => {
  cloud = await cloudBench();
  at = await begun(cloud);
  await cloud.projected();
});
afterAll(() => cloud?.stop());

const environment = () => cloud.functions.api.environment;

/** The cookie of somebody who signed in at the issuer; the secret is that of the deployed function. */
async function cookieOf(principal: Principal): Promise<string> {
  const secret = new TextEncoder().encode(environment().TAIZHANG_SESSION_SECRET);
  const now = Date.now();
  const session = { principal, startedAt: now, until: now + 600_000 };
  return `taizhang-session=${await createSessions(secret).seal(session)}`;
}

const show = async (who: Principal, path: string): Promise<Response> =>
  throughGateway(cloud.api, { method: 'GET', path, cookies: [await cookieOf(who)] });

describe('the console behind its gateway', () => {
  const caseId = () => at.inCase.split('/').at(-1);
  const item = () => at.item.replace('/v1', '');

  test('shows its pages, with style and script from beside the bundle', async () => {
    for (const path of [
      '/',
      `/cases/${caseId()}`,
      `/cases/${caseId()}/facts`,
      item(),
      '/supervision',
      '/import',
    ]) {
      const answer = await show(people.committee, path);
      const text = await answer.text();
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(text).toContain('退出');
      const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file);
      expect(files).toHaveLength(2);
      for (const file of files) {
        const asset = await throughGateway(cloud.api, { method: 'GET', path: file });
        expect([file, asset.status]).toEqual([file, 200]);
        expect((await asset.text()).length).toBeGreaterThan(1_000);
      }
    }
  });

  test('records a measure by a form, and refuses the same form from elsewhere', async () => {
    const page = await (await show(people.lead, item())).text();
    const form = new URLSearchParams({
      'form-token': fieldValue(page, 'form-token'),
      type: 'MeasureAdopted',
      version: fieldValue(page, 'version'),
      key: fieldValue(page, 'key'),
      'f.text': '云上的措施',
    });
    const send = async (origin: string): Promise<Response> =>
      throughGateway(cloud.api, {
        method: 'POST',
        path: item(),
        headers: [
          ['content-type', 'application/x-www-form-urlencoded'],
          ['origin', origin],
        ],
        body: form.toString(),
        cookies: [await cookieOf(people.lead)],
      });
    expect((await send('https://elsewhere.example')).status).toBe(403);
    const recorded = await send(environment().TAIZHANG_PUBLIC_URL ?? '');
    expect(recorded.status).toBe(303);
    expect(recorded.headers.get('location')).toMatch(/\?recorded=[0-9]+#e[0-9]+$/);
    const after = await (await show(people.lead, item())).text();
    expect(after.split('云上的措施').length).toBeGreaterThan(1);
  });

  test('who is not signed in is sent to sign in, and an altered cookie is nobody’s', async () => {
    const cookie = await cookieOf(people.committee);
    for (const cookies of [[], [`${cookie.slice(0, -3)}AAA`]]) {
      const answer = await throughGateway(cloud.api, { method: 'GET', path: item(), cookies });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`/sign-in?to=${encodeURIComponent(item())}`);
    }
  });
});
