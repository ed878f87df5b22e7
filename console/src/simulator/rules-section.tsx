// The rules as an ordered list that can be changed, and applied all at once.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Failure } from '../parts/failure.tsx';
import { Notice } from '../parts/notice.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import { presets } from './presets.ts';
import { refusalInWords, standardRule } from './rule.ts';
import { RuleRows } from './rule-rows.tsx';
import { restInWords } from './rule-sentences.tsx';
import { useRuleList } from './use-rule-list.ts';

interface Props {
  readonly inForce: Schemas['SimulatorRules'];
  readonly reload: () => void;
}

export function RulesSection({ inForce, reload }: Props) {
  const { client } = useSession();
  const list = useRuleList(inForce);
  const [isResetting, setResetting] = useState(false);
  const saving = useAction(async () => {
    const rules = list.rules.map(({ rule }) => rule);
    await answerOf(client.POST('/Simulator/Rule/', { body: { rules } }));
    reload();
    showToast('The rules apply from now on.');
  });
  return (
    <section class="card" aria-labelledby="rules">
      <header class="page-header">
        <h2 id="rules">Rules</h2>
        <div class="actions">
          <Button onClick={() => list.add(standardRule)}>Add a rule</Button>
          <Button onClick={() => setResetting(true)}>Reset …</Button>
        </div>
      </header>
      <p class="hint">
        The first rule that is about a message decides what becomes of it. They are of the whole server, for
        all its accounts.
      </p>
      <Presets
        onChoose={(name) => list.add(presets.find((one) => one.name === name)?.rule ?? standardRule)}
      />
      <RuleRows list={list} decided={inForce.decided} />
      <p class="rest-rule">{restInWords}</p>
      {list.isOvertaken && (
        <Notice tone="warn">
          The rules were changed elsewhere meanwhile. Applying yours replaces theirs.
        </Notice>
      )}
      <Failure error={saving.error} inWords={({ message }) => refusalInWords(message)} />
      <div class="rule-actions">
        <Button
          kind="primary"
          busy={saving.isRunning}
          disabled={!list.isChanged}
          onClick={() => saving.run()}
        >
          Apply
        </Button>
        <Button disabled={!list.isChanged || saving.isRunning} onClick={list.discard}>
          Discard changes
        </Button>
        <span class="quiet" role="status">
          {list.isChanged ? 'Not in force yet. Counting starts anew when it is.' : 'This is in force.'}
        </span>
      </div>
      {isResetting && (
        <Confirm
          title="Go back to the rules of the start?"
          verb="Reset rules"
          act={async () => {
            await answerOf(client.DELETE('/Simulator/Rule/'));
            list.discard();
            reload();
            showToast('The rules are those that the server was started with.');
          }}
          onClose={() => setResetting(false)}
        >
          <p>
            The rules that are in force now are lost. Those of the start come from the file that
            RUCKSACK_SIMULATOR_RULES names; without one there are none, and every message is delivered.
          </p>
        </Confirm>
      )}
    </section>
  );
}

function Presets({ onChoose }: { readonly onChoose: (name: string) => void }) {
  return (
    <fieldset class="presets">
      <legend>Troubles at hand, put in front of the rules</legend>
      {presets.map(({ name, about }) => (
        <Button key={name} title={about} onClick={() => onChoose(name)}>
          {name}
        </Button>
      ))}
    </fieldset>
  );
}
