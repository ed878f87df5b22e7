// Request targets seen from SDKs, and their meaning.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseTarget } from './normalise-target.ts';

const account = '/v1/Account/MAXXXXXXXXXXXXXXXXXX';

const cases: [what: string, sent: string, meant: string][] = [
  ['one slash at the end', `${account}/Powerpack/`, `${account}/Powerpack`],
  ['no slash (.NET UpdateAsync)', `${account}/Powerpack/u`, `${account}/Powerpack/u`],
  ['two slashes (Ruby update, Go get)', `${account}/Powerpack/u//`, `${account}/Powerpack/u`],
  ['two slashes and a query (Go list)', `${account}/Powerpack//?limit=5`, `${account}/Powerpack?limit=5`],
  [
    'Node list',
    `${account}/NumberPool/p/Number/?&?search=hack`,
    `${account}/NumberPool/p/Number?&?search=hack`,
  ],
  [
    'Node find with service',
    `${account}/NumberPool/p/Shortcode/444444/&service=sms`,
    `${account}/NumberPool/p/Shortcode/444444?&service=sms`,
  ],
  [
    'the same with a query',
    `${account}/NumberPool/p/Tollfree/1/&service=sms?x=1`,
    `${account}/NumberPool/p/Tollfree/1?&service=sms&x=1`,
  ],
  ['Node base URL with a slash', `${account}//Powerpack/`, `${account}/Powerpack`],
  ['account itself, two slashes', `${account}//`, account],
  [
    'a failed fetch (PHP, .NET) stays wrong',
    `${account}/NumberPool//Number/`,
    `${account}/NumberPool//Number`,
  ],
  ['bare question mark', `${account}/Powerpack/?`, `${account}/Powerpack`],
  ['root', '/', '/'],
  ['only slashes', '////', '/'],
  ['an ampersand inside a segment', `${account}/Application/a&b/`, `${account}/Application/a&b`],
];

for (const [what, sent, meant] of cases) {
  test(what, () => assert.equal(normaliseTarget(sent), meant));
}
