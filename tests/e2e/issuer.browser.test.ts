import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readEnvironment } from '../../functions/compose.ts';
import { type RunningServer, serve } from '../../functions/local/serve.ts';
import { silent } from '../../functions/log.ts';
import { openBrowser, type TestBrowser } from '../kit/browser.ts';
import { type RunningOidcProvider, startOidcProvider } from '../kit/oidc-provider.ts';
import { dataFolder } from '../kit/server-process.ts';

/** So short that a test sees it run out, in seconds. */
const TTL = 2;

let folder: Awaited<ReturnType<typeof dataFolder>>;
let issuer: RunningOidcProvider;
let server: RunningServer;
let browser: TestBrowser;

async function freePort(): Promise<number> {
  const taken = createServer();
  await new Promise<void>((ready) => taken.listen(0, '127.0.0.1', ready));
  const { port } = taken.address() as { port: number };
  await new Promise((closed) => taken.close(closed));
  return port;
}

beforeAll(async () => {
  folder = await dataFolder();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  issuer = await startOidcProvider({
    people: {
      chen: { role: 'committee', office: '纪工委', name: '陈某' },
      guest: { name: '访客' },
    },
    redirectUris: [`${origin}/sign-in/callback`],
    signedOutUris: [`${origin}/signed-out`],
    ttlSeconds: TTL,
  });
  const env = readEnvironment({
    TAIZHANG_DATA: folder.data,
    PORT: String(port),
    TAIZHANG_OIDC_ISSUER: issuer.issuer,
    TAIZHANG_OIDC_AUDIENCE: issuer.audience,
    TAIZHANG_OIDC_CLIENT_ID: issuer.clientId,
  });
  server = await serve(env, 'test', silent);
  browser = await openBrowser();
});
afterEach(() => browser.closePages());
afterAll(async () => {
  await browser.close();
  await server.stop();
  await issuer.stop();
  await folder.remove();
});

/** The pages of the issuer are not ours: what a browser complains of there is forgotten. */
async function newPage() {
  const opened = await browser.newPage({ baseUrl: server.url, width: 1_440 });
  const forget = (): void => {
    const ours = opened.complaints.filter((one) => one.includes(server.url));
    opened.complaints.splice(0, opened.complaints.length, ...ours);
  };
  return { ...opened, forget };
}

test('signs in at the issuer, comes back to the page that was asked for, and signs out', async () => {
  const { page, forget } = await newPage();
  await page.goto('/supervision');
  await page.locator('input[name="name"]').fill('chen');
  await page.locator('form button').first().click();
  await page.waitForURL('**/supervision');
  expect(await page.locator('header.top').textContent()).toContain('陈某（纪工委，纪委监委）');
  const [session] = (await page.context().cookies(server.url)).filter(
    ({ name }) => name === 'taizhang-session',
  );
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(session?.value).not.toContain('chen');
  await page.getByRole('button', { name: '退出' }).click();
  await page.waitForURL('**/signed-out');
  const atIssuer = page.getByRole('link', { name: '同时退出统一身份认证' });
  expect(await atIssuer.getAttribute('href')).toContain(issuer.issuer);
  await page.goto('/');
  expect(await page.locator('header.top').textContent()).toContain('登录');
  expect(await page.locator('header.top').textContent()).not.toContain('陈某');
  forget();
});

test('a token that ran out is renewed at the issuer unseen, and not for somebody who is there no more', async () => {
  const { page, forget } = await newPage();
  await page.goto('/sign-in?to=/import');
  await page.locator('input[name="name"]').fill('chen');
  await page.locator('form button').first().click();
  await page.waitForURL('**/import');
  await expect
    .poll(
      async () => {
        const before = (await page.context().cookies(server.url)).find(
          ({ name }) => name === 'taizhang-session',
        );
        await page.goto('/import');
        const after = (await page.context().cookies(server.url)).find(
          ({ name }) => name === 'taizhang-session',
        );
        return page.url().endsWith('/import') && before?.value !== after?.value;
      },
      { timeout: 15_000, interval: 500 },
    )
    .toBe(true);
  issuer.disable('chen');
  await expect
    .poll(
      async () => {
        await page.goto('/import');
        return page.url().startsWith(issuer.issuer);
      },
      { timeout: 15_000, interval: 500 },
    )
    .toBe(true);
  forget();
});

test('who is nobody in this ledger, or declines, is told so and stays signed out', async () => {
  for (const [step, said] of [
    ['guest', '角色和单位'],
    ['cancel', '没有成功'],
  ] as const) {
    const { page, forget } = await newPage();
    await page.goto('/sign-in');
    if (step === 'cancel') await page.locator('[name="cancel"]').click();
    else {
      await page.locator('input[name="name"]').fill(step);
      await page.locator('form button').first().click();
    }
    await page.waitForURL('**/sign-in/callback**');
    expect(await page.locator('h1').textContent()).toContain(said);
    await page.goto('/');
    expect(await page.locator('header.top').textContent()).toContain('登录');
    forget();
  }
});
