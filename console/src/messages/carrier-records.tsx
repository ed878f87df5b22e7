// The simulated carrier's records of a message: its submission and its report. Other carriers keep their records to themselves.
import type { Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { moment } from '../parts/format.ts';
import { useSession } from '../session/session.ts';

type Submission = Schemas['SimulatorSubmission'];

export function CarrierRecords({ uuid }: { readonly uuid: string }) {
  const { client } = useSession();
  const load = async (signal: AbortSignal): Promise<readonly Submission[]> => {
    const params = { query: { message_uuid: uuid } };
    // Without a simulator there is nothing here (404), and nothing is shown.
    const { data } = await client.GET('/Simulator/Submission/', { params, signal });
    return data?.objects.toReversed() ?? [];
  };
  const submissions = useResource(`submissions ${uuid}`, load, ['messages']).data ?? [];
  if (submissions.length === 0) return null;
  return (
    <section class="card" aria-label="At the carrier">
      <h2>At the simulated carrier</h2>
      <ol class="submissions">
        {submissions.map((submission) => (
          <SubmissionRecord key={submission.attempt} submission={submission} />
        ))}
      </ol>
    </section>
  );
}

function SubmissionRecord({ submission }: { readonly submission: Submission }) {
  const { attempt, submitted_at: at, failure, carrier_message_id: id, reports } = submission;
  return (
    <li>
      <p>
        Attempt {attempt} at {moment(at)}:{' '}
        {failure === null ? 'taken' : `failed, ${failure.replaceAll('_', ' ')}`}
        {id !== null && (
          <>
            {' '}
            as <span class="code">{id}</span>
          </>
        )}
      </p>
      {reports.map(({ reported_at: reportedAt, outcome, error_code: code }) => (
        <p key={reportedAt} class="quiet">
          Reported {outcome} at {moment(reportedAt)}
          {outcome === 'undelivered' && code !== null && `, error ${code}`}
        </p>
      ))}
    </li>
  );
}
