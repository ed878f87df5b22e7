// Shown without a powerpack: the steps to the first message.
import { ButtonLink } from '../parts/button.tsx';

export function FirstPowerpack() {
  return (
    <section class="card first-steps" aria-labelledby="first-steps">
      <h2 id="first-steps">Three steps to the first message</h2>
      <ol>
        <li>
          <h3>Make a powerpack</h3>
          <p>
            It holds a pool of numbers and chooses, for each message, the one that sends it. A name is enough.
          </p>
        </li>
        <li>
          <h3>Rent a number into its pool</h3>
          <p>
            The page of the powerpack leads there. The simulator's numbers cost nothing and reach no real
            phone.
          </p>
        </li>
        <li>
          <h3>Send</h3>
          <p>Write a text, see which number would send it and why, and follow it to its recipient.</p>
        </li>
      </ol>
      <ButtonLink kind="primary" href="/console/powerpacks/new">
        Make the first powerpack
      </ButtonLink>
    </section>
  );
}
