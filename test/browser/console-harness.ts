// The console in a real browser, on the whole app: Debian's Chromium, a clock that the test turns, and checks for errors and accessibility.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';

/** Chromium's own calls home are refused on a closed network, many at a time; so it makes none. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser: Debian's, or the one that CHROMIUM names. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet });

export interface Look {
  /** Of the window, in pixels. */
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
}

export interface ConsoleHarness extends AsyncDisposable {
  readonly app: TestApp;
  /** A tab of its own, signed in as the test's account or as another, at an address of the console such as `/powerpacks`. */
  open(path: string, look?: Look & { readonly as?: TestAccount }): Promise<Page>;
  /** A tab that is not signed in. */
  openSignedOut(look?: Look): Promise<Page>;
}

/** Starts the app and the browser. At the end no page may have thrown, broken the content security policy or asked another server. */
export async function startConsole(
  environment: Readonly<Record<string, string>> = {},
): Promise<ConsoleHarness> {
  const app = await startTestApp(environment);
  const browser = await openBrowser();
  const contexts: BrowserContext[] = [];
  const offences: string[] = [];

  const openSignedOut = async ({ width = 1280, scheme = 'light' }: Look = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => offences.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      if (/Content.Security.Policy|Trusted/i.test(message.text())) offences.push(message.text());
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== app.url) offences.push(`asked ${url.origin}`);
    });
    await page.goto(`${app.url}/console/`);
    return page;
  };

  return {
    app,
    openSignedOut,
    async open(path, { as = app.account, ...look } = {}) {
      const page = await openSignedOut(look);
      await signIn(page, as);
      await page.goto(`${app.url}/console${path}`);
      await page
        .getByRole('navigation', { name: 'Console', includeHidden: true })
        .waitFor({ state: 'attached' });
      return page;
    },
    async [Symbol.asyncDispose]() {
      for (const context of contexts) await context.close();
      await browser.close();
      await app.stop();
      assert.deepEqual(offences, []);
    },
  };
}

/** Signs in through the page. */
export async function signIn(page: Page, { authId, authToken }: TestAccount): Promise<void> {
  await page.getByLabel('Auth id').fill(authId);
  await page.getByLabel('Auth token').fill(authToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Console', includeHidden: true }).waitFor({ state: 'attached' });
}

/** Delays a page's requests to an address, until the returned function is called. */
export async function holdBack(page: Page, url: string): Promise<() => void> {
  let letGo = () => {};
  const isLetGo = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(url, async (route) => {
    await isLetGo;
    await route.fallback();
  });
  return letGo;
}

/**
 * Waits until an expression is true of a page, for at most 20 seconds. The library's own waiting evaluates it in the page where it is not
 * true at once, which the content security policy forbids.
 */
export async function waitUntil(page: Page, expression: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await page.evaluate<boolean>(expression))) {
    assert.ok(Date.now() < end, `${page.url()}: not true: ${expression}`);
    await page.waitForTimeout(20);
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Moves a finger over the page. */
export async function dragByFinger(page: Page, from: Point, to: Point): Promise<void> {
  const finger = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Point[]) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', from);
  for (const part of [1 / 6, 1 / 3, 2 / 3, 1]) {
    await touch('touchMove', {
      x: from.x + part * (to.x - from.x),
      y: from.y + part * (to.y - from.y),
    });
  }
  await touch('touchEnd');
}

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** Checks the page against the rules of axe-core: without any finding. */
export async function checkAccessibility(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<Finding[]>(
    'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
  );
  const findings = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`).join('; ')}`,
  );
  assert.deepEqual(findings, [], `${page.url()} is not accessible`);
}

/** Checks that a page keeps to its width: tables may be scrolled sideways, the page may not. */
export async function checkWidth(page: Page): Promise<void> {
  const overhang = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  assert.ok(overhang <= 0, `${page.url()} is wider than its window`);
}
