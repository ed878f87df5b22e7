// The plan of an export as people read it, and as a shell script of calls with curl. Pure.
import { type CallStep, type ExportStep, SavedValue, tokenVariable } from './export-plan.ts';

/** The vendor has no place for these. */
const notExported = [
  'ids and tokens: the vendor makes new ones; programs that know the old ones need the new',
  'settings that are extensions: smart_encoding, opt_out_scope, deletion_protection, keywords, rates of members',
  'sticky senders, opt-outs, messages: the vendor takes none',
  'carriers and routes: the vendor has its own',
];

/** Returns the lines of a plan: numbered steps, and what is left out. */
export function planLines(steps: readonly ExportStep[], notes: readonly string[]): string[] {
  const calls = steps.filter(({ by }) => by === 'call').length;
  return [
    ...steps.map((step, index) => {
      const what = step.by === 'hand' ? step.what : `POST ${pathText(step)}  ${step.what}`;
      return `${String(index + 1).padStart(4)}  ${step.by.padEnd(4)}  ${what}`;
    }),
    ...notes.map((note) => `      left  ${note}`),
    '',
    `${calls} calls, ${steps.length - calls} steps by hand. Nothing was called.`,
    '',
    'Not exported:',
    ...notExported.map((line) => `- ${line}`),
  ];
}

const preamble = `#!/usr/bin/env bash
# Makes an account at the vendor. Read it first: each call changes the account there, and may cost money.
# It ends at the first call that fails. What was made until then stays: delete the lines that have run before you run it again,
# and set the variables that they printed.
set -euo pipefail
: "\${PLIVO_AUTH_ID:?}" "\${PLIVO_AUTH_TOKEN:?}"
vendor="\${PLIVO_URL:-https://api.plivo.com}"

# call AUTH_ID AUTH_TOKEN PATH BODY: the token is in no list of processes.
call() {
  curl -sS --fail-with-body --config <(printf 'user = "%s:%s"' "$1" "$2") -H 'Content-Type: application/json' \\
    "$vendor/v1/Account/$1/$3" -d "$4"
}
# save VARIABLE FIELD JSON: sets a variable to a field of an answer, of a path to its last segment.
save() {
  local value
  value=$(node -p "String(JSON.parse(require('fs').readFileSync(0, 'utf8')).$2).split('/').filter(Boolean).at(-1)" <<<"$3")
  printf -v "$1" %s "$value"
  case $1 in *_token) ;; *) echo "$1=$value" ;; esac
}
`;

/** Returns the script. It needs Bash, curl and Node. */
export function exportScript(steps: readonly ExportStep[]): string {
  const lines = steps.map((step) => {
    const title = `# ${step.what.replaceAll(/\s+/g, ' ')}`;
    return step.by === 'hand'
      ? `# BY HAND: ${step.what.replaceAll(/\s+/g, ' ')}`
      : `${title}\n${callLines(step)}`;
  });
  return [preamble, ...lines, ''].join('\n');
}

function callLines({ as, path, body, saves }: CallStep): string {
  const login =
    as === undefined ? '"$PLIVO_AUTH_ID" "$PLIVO_AUTH_TOKEN"' : `"$${as}" "$${tokenVariable(as)}"`;
  const answer = `answer=$(call ${login} ${quoted(path)} ${quoted(bodyParts(body))})`;
  const saved = Object.entries(saves).map(([variable, field]) => `save ${variable} ${field} "$answer"`);
  return [answer, ...saved].join('\n');
}

type Parts = CallStep['path'];

const pathText = ({ path }: CallStep): string =>
  path.map((part) => (part instanceof SavedValue ? `{${part.variable}}` : part)).join('');

/** Returns a body as JSON, in parts. */
function bodyParts(body: CallStep['body']): Parts {
  const fields = Object.entries(body).flatMap(([name, value], index): Parts => {
    const start = `${index === 0 ? '' : ','}${JSON.stringify(name)}:`;
    return value instanceof SavedValue ? [`${start}"`, value, '"'] : [start + JSON.stringify(value)];
  });
  return ['{', ...fields, '}'];
}

/** Returns parts quoted for the shell. */
function quoted(parts: Parts): string {
  return parts
    .map((part) =>
      part instanceof SavedValue ? `"$${part.variable}"` : `'${part.replaceAll("'", "'\\''")}'`,
    )
    .join('');
}
